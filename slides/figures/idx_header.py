"""The header of an IDX file that holds the recording, one colour for each field."""

import struct

from matplotlib.figure import Figure
from style import arrow, canvas, cell, label, save

from coursedata import recording

SIZE = 62


def draw() -> Figure:
    """Return 24 bytes in two rows with the meaning of each field."""
    frames = recording().frames
    header = struct.pack(">HBB4I", 0, 8, frames.ndim, *frames.shape)
    data = header + frames.tobytes()[:4]
    washes = ["panel"] * 2 + ["amberwash", "redwash"] + ["bluewash"] * 16 + ["greenwash"] * 4
    figure, axes = canvas(1136, 396)
    for k, (byte, wash) in enumerate(zip(data, washes, strict=True)):
        x, y = 80 + (k % 12) * SIZE + (k % 12) // 4 * 22, 110 if k < 12 else 232
        cell(axes, x, y, f"{byte:02x}", size=SIZE, fill=wash)
    for y, offset in ((141, 0), (263, 12)):
        label(axes, 62, y, str(offset), mono=True, ha="right", colour="muted")
    left = [80, 80 + 4 * SIZE + 22, 80 + 8 * SIZE + 44]
    label(axes, 80 + SIZE, 36, "always\nzero", ha="center", colour="muted", size=22)
    label(axes, 80 + 2.5 * SIZE, 36, "type\nuint8", ha="center", colour="amber", size=22)
    label(axes, 80 + 3.6 * SIZE, 36, "4\naxes", ha="center", colour="red", size=22)
    for offset, colour in ((1, "muted"), (2.5, "amber"), (3.5, "red")):
        arrow(axes, (80 + offset * SIZE, 76), (80 + offset * SIZE, 106), colour=colour)
    for x, text in ((left[1], f"{frames.shape[0]} frames"), (left[2], f"{frames.shape[1]} rows")):
        label(axes, x + 2 * SIZE, 86, text, ha="center", colour="blue")
    for x, text in ((left[0], f"{frames.shape[2]} columns"), (left[1], f"{frames.shape[3]} colours")):
        label(axes, x + 2 * SIZE, 320, text, ha="center", colour="blue")
    label(axes, left[2] + 2 * SIZE, 320, "first numbers …", ha="center", colour="green")
    label(
        axes,
        80,
        372,
        f"4 + 4 · 4 = 20 bytes of header, then {frames.nbytes:,} bytes of data. Sizes: the big end first.",
        colour="ink",
    )
    label(axes, left[2] + 4 * SIZE + 26, 141, "00 00 01 2c\n1 · 256 + 44\n= 300", colour="blue", size=21)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
