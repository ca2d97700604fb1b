"""The recording as a stack of frames: axes T, H, W and C."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, arrow, canvas, label, save

from coursedata import recording


def draw() -> Figure:
    """Return the stack, the newest frame in front."""
    figure, axes = canvas(560, 500)
    frames = recording().frames
    shown = (240, 180, 120, 60, 0)
    for depth, t in enumerate(shown):
        left, top = 258 - 38 * depth, 16 + 30 * depth
        axes.imshow(frames[t], extent=(left, left + 272, top + 306, top), interpolation="nearest", zorder=depth)
        axes.add_patch(
            Rectangle((left, top), 272, 306, fill=False, edgecolor=COLOURS["paper"], linewidth=3, zorder=depth + 0.5)
        )
    axes.set_xlim(0, 560)
    axes.set_ylim(500, 0)
    axes.set_aspect("auto")
    arrow(axes, (414, 452), (526, 362), colour="green")
    label(axes, 490, 436, "T  300", bold=True, colour="green")
    arrow(axes, (92, 140), (92, 442), colour="ink")
    label(axes, 80, 290, "H  72", bold=True, ha="right")
    arrow(axes, (106, 462), (378, 462), colour="ink")
    label(axes, 242, 486, "W  64,  and  C  3 colours", bold=True, ha="center")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
