"""The first frame as it is, and as it looks when B, G, R is shown as R, G, B."""

from matplotlib.figure import Figure
from style import chart, save, side_by_side

from coursedata import recording


def draw() -> Figure:
    """Return the two faces, and the green plane that both share."""
    frame = recording().frames[0]
    pictures = [("R, G, B", frame), ("B, G, R taken for R, G, B", frame[..., ::-1]), ("plane 1 of both", frame[..., 1])]
    figure = chart(1136, 350, left=0.0, right=1.0, top=0.88, bottom=0.02, wspace=0.02)
    side_by_side(figure, pictures)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
