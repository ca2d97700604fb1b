"""The first frame of the recording and its three planes, with a box on a cheek."""

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, chart, save

from coursedata import recording


def draw() -> Figure:
    """Return four pictures in a row."""
    frame = recording().frames[0]
    figure = chart(1136, 370, left=0.005, right=0.995, top=0.89, bottom=0.02, wspace=0.06)
    plane = LinearSegmentedColormap.from_list("plane", ["black", "white"])
    pictures = [
        ("frame 0", frame),
        *((f"[..., {c}]  {name}", frame[..., c]) for c, name in enumerate(("red", "green", "blue"))),
    ]
    for position, (title, picture) in enumerate(pictures, start=1):
        axes = figure.add_subplot(1, 4, position)
        axes.imshow(picture, cmap=plane, vmin=0, vmax=255, interpolation="nearest")
        axes.add_patch(Rectangle((20.5, 39.5), 8, 7, fill=False, edgecolor=COLOURS["paper"], linewidth=6))
        axes.add_patch(Rectangle((20.5, 39.5), 8, 7, fill=False, edgecolor=COLOURS["red"], linewidth=3))
        axes.set_title(title)
        axes.axis("off")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
