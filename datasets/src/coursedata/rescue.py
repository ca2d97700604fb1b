"""`damaged_folder`: the course's recording as it lies on a disk that was dropped, with a second copy of each second."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coursedata.face.exact import generator
from coursedata.face.video import recording

__all__ = ["damaged_folder"]

SEED = 2
PICTURES = {"hair": (6, (9, 24)), "skin": (15, (39, 15)), "wall": (9, (4, 2))}
"""How many pictures each label has, and the row and column at which they are cut out of a frame."""
HEIGHT, WIDTH = 8, 10
"""Rows and columns of such a picture."""
ERROR_PAGE = "<!DOCTYPE html>\n<title>404 Not Found</title>\n<p>The file you asked for has moved.</p>\n"
PROTOCOL = "Aufnahme in Zürich, café « Été »\r\nZimmertemperatur 21 °C\r\n\r\nKamera fiel vom Tisch\r\n"
LOG = "seconds 02, 04 and 05 of the camera look odd\nsecond 07 is not there\nthe old disk is lost\n→ try the backup\n"


def damaged_folder(target: str | Path) -> Path:
    """Write the damaged folder into `target`, which is made where it is missing, and return its path.

    | in it | what |
    | --- | --- |
    | `camera/second 00.idx` to `second 09.idx` | one second of the recording each, (30, 72, 64, 3) bytes, in IDX |
    | `backup d'été/second 00.idx.gz` to `09` | the same, packed; 03 is cut off |
    | `notes/protocol.txt`, `notes/log.txt` | text in Latin-1 with CRLF, and in UTF-8 with a byte order mark |
    | `pictures/hair`, `skin`, `wall` | 6, 15 and 9 labelled PNG pictures of 8 x 10 pixels, and other files |

    In `camera`, 02 is cut off, 04 is a web page, 05 is empty and 07 is missing. Every call writes the same files; files
    of other names are left alone.
    """
    folder = Path(target)
    for name in ("camera", "backup d'été", "notes"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    frames = recording().frames
    for second in range(10):
        whole = _idx(frames[30 * second : 30 * second + 30])
        packed = gzip.compress(whole, compresslevel=1, mtime=0)
        (folder / "backup d'été" / f"second {second:02d}.idx.gz").write_bytes(packed[: 2000 if second == 3 else None])
        _write_or_lose(folder / "camera" / f"second {second:02d}.idx", _damaged(second, whole))
    (folder / "notes" / "protocol.txt").write_bytes(PROTOCOL.encode("latin-1"))
    (folder / "notes" / "log.txt").write_bytes(LOG.encode("utf-8-sig"))
    _write_pictures(folder / "pictures", frames)
    return folder


def _damaged(second: int, whole: bytes) -> bytes | None:
    """Return what is left of the camera's file for one second."""
    left = {2: whole[:300_000], 4: ERROR_PAGE.encode(), 5: b"", 7: None}
    return left.get(second, whole)


def _write_or_lose(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)


def _idx(frames: NDArray[np.uint8]) -> bytes:
    """Return a clip of rank 4 as an IDX file; the format is described at yann.lecun.com/exdb/mnist."""
    return bytes([0, 0, 8, 4]) + np.array(frames.shape, dtype=">u4").tobytes() + frames.tobytes()


def _write_pictures(folder: Path, frames: NDArray[np.uint8]) -> None:
    import cv2  # takes half a second, and nothing else in this package needs it

    for place, (label, (count, (top, left))) in enumerate(PICTURES.items()):
        (folder / label).mkdir(parents=True, exist_ok=True)
        shifts = generator(SEED, place).integers(0, 3, (count, 2))
        for number, (down, across) in enumerate(shifts):
            frame = frames[number * len(frames) // count]
            picture = frame[top + down : top + down + HEIGHT, left + across : left + across + WIDTH]
            packed = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))[1]
            (folder / label / f"{label} {number:02d}.png").write_bytes(packed.tobytes())
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "skin" / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "read me.txt").write_text("cut out by hand\n", encoding="utf-8")
