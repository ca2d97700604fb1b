"""Reduce what a submission showed to what cannot run in any page: plain text and re-encoded pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import cv2
import numpy as np

from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import CellResult, Output, Verdict
from autograder.grade.run import Finished
from autograder.grade.text import plain_text
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.images import SIDE_LIMIT
from autograder.sandbox.messages import Display
from autograder.sandbox.values import decode
from autograder.stages import stage

__all__ = ["cell_results", "plain_text"]

OUTPUTS = 50
QUICKLY = (cv2.IMWRITE_PNG_COMPRESSION, 3, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP)
"""A third of the time that OpenCV takes by default, for plots that are a twelfth larger."""
KEPT_BYTES = 32_000_000
"""Pictures that are kept, because most of a class draw the same ones."""


@stage("report")
def cell_results(rebuilt: Rebuilt, finished: Finished) -> list[CellResult]:
    """Return every cell of the rebuilt notebook with its safe outputs."""
    return [
        CellResult(
            cell.id,
            cell.kind,
            cell.cell_type,
            cell.source,
            list(_outputs(finished.cells[cell.id].displays)) if cell.id in finished.cells else [],
            finished.verdict(cell.id) if cell.cell_type == "code" else Verdict.PASSED,
        )
        for cell in rebuilt.cells
    ]


def _outputs(displays: list[Display]) -> Iterator[Output]:
    for display in displays[:OUTPUTS]:
        if display.kind != "picture":
            yield Output(display.kind, plain_text(display.text))
        elif png := _pictures.png(display.pixels):
            yield Output("png", png=png)


class _Pictures:
    """PNGs by the hash of the pixels they were made of: hashing takes a sixth of the time of encoding."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}
        self._size = 0

    def png(self, pixels: bytes) -> bytes:
        """Return pixels as the bytes of a PNG, nothing where they are no picture."""
        name = hashlib.sha256(pixels).digest()
        if name not in self._known:
            png = _encode(pixels)
            if self._size + len(png) > KEPT_BYTES:
                self._known, self._size = {}, 0
            self._known[name] = png
            self._size += len(png)
        return self._known[name]


_pictures = _Pictures()


def _encode(pixels: bytes) -> bytes:
    try:
        image = decode(pixels)
    except ProtocolError:
        return b""
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        return b""
    if not all(1 <= side <= SIDE_LIMIT for side in image.shape[:2]):
        return b""
    done, data = cv2.imencode(".png", np.ascontiguousarray(image), QUICKLY)
    return data.tobytes() if done else b""
