"""What permute and reshape make of one frame: planes, and a mess of the right shape."""

from matplotlib.figure import Figure
from style import chart, save, side_by_side

from coursedata import recording


def draw() -> Figure:
    """Return the frame, the green plane after permute, and the "green plane" after reshape."""
    frame = recording().frames[0]
    pictures = [
        ("frame  (72, 64, 3)", frame),
        ("permute(2, 0, 1)[1]", frame.transpose(2, 0, 1)[1]),
        ("reshape(3, 72, 64)[1]", frame.reshape(3, 72, 64)[1]),
    ]
    figure = chart(1136, 380, left=0.0, right=1.0, top=0.89, bottom=0.02, wspace=0.02)
    side_by_side(figure, pictures)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
