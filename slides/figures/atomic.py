"""What another program finds while a file is written: in place, and by a temporary name."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, arrow, canvas, label, save

WIDTH = 286


def draw() -> Figure:
    """Return two timelines; the half-written file stands in the upper one only under its own name."""
    figure, axes = canvas(1136, 400)
    rows = [
        ("in place", "report.json", 24, [("old, whole", "greenwash"), ("half of the new", "redwash")]),
        ("by another name", "report.json", 168, [("old, whole", "greenwash"), ("old, whole", "greenwash")]),
        ("", "report.json.part", 262, [("", ""), ("half of the new", "amberwash")]),
    ]
    for title, name, y, states in rows:
        label(axes, 8, y + 12 if title else y + 35, title, bold=True)
        label(axes, 8, y + 48 if title else y + 35, name, mono=True, size=21, colour="muted")
        last = ("", "") if name.endswith("part") else ("new, whole", "greenwash")
        for k, (text, fill) in enumerate([*states, last]):
            if text:
                x = 262 + k * WIDTH
                box = Rectangle((x, y), WIDTH, 70, facecolor=COLOURS[fill], edgecolor=COLOURS["ink"], linewidth=1.6)
                axes.add_patch(box)
                label(axes, x + WIDTH / 2, y + 35, text, ha="center")
    arrow(axes, (262 + 2 * WIDTH + 12, 297), (262 + 2 * WIDTH + 60, 246), colour="green", curve=0.3)
    label(axes, 262 + 2 * WIDTH + 70, 286, "os.replace", mono=True, colour="green")
    label(axes, 262 + 2 * WIDTH + 70, 320, "all or nothing", colour="green", size=22)
    arrow(axes, (262, 366), (1120, 366), colour="muted")
    label(axes, 262 + WIDTH * 1.5, 386, "writing", ha="center", colour="muted", size=22)
    label(axes, 1120, 386, "time", ha="right", colour="muted", size=22)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
