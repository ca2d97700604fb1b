"""What permute and reshape make of one frame: planes, and a mess of the right shape."""

from matplotlib.figure import Figure
from style import chart, save

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
    for position, (title, picture) in enumerate(pictures, start=1):
        axes = figure.add_subplot(1, 3, position)
        axes.imshow(picture, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        axes.set_title(title)
        axes.axis("off")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
