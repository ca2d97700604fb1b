"""The same four pixels as a camera writes them (HWC) and as a network wants them (CHW)."""

from matplotlib.figure import Figure
from style import arrow, canvas, cell, label, save

WASHES = {"R": "redwash", "G": "greenwash", "B": "bluewash"}


def draw() -> Figure:
    """Return two rows of memory: interleaved colours above, planes below."""
    figure, axes = canvas(1136, 400)
    width = 92
    interleaved = [(channel, pixel) for pixel in range(4) for channel in "RGB"]
    planes = [(channel, pixel) for channel in "RGB" for pixel in range(4)]
    label(axes, 16, 24, "HWC", bold=True, mono=True)
    label(axes, 92, 24, "the colours of one pixel lie side by side: cameras, image files, Matplotlib")
    label(axes, 16, 376, "CHW", bold=True, mono=True)
    label(axes, 92, 376, "the pixels of one colour lie side by side: PyTorch's layers")
    for k, (channel, pixel) in enumerate(interleaved):
        cell(axes, 16 + width * k, 60, f"{channel}{pixel}", size=width, height=64, fill=WASHES[channel])
        target = planes.index((channel, pixel))
        if channel == "G":
            arrow(axes, (16 + width * (k + 0.5), 130), (16 + width * (target + 0.5), 272), colour="green")
    for k, (channel, pixel) in enumerate(planes):
        cell(axes, 16 + width * k, 280, f"{channel}{pixel}", size=width, height=64, fill=WASHES[channel])
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
