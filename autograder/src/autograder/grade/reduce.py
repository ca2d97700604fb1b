"""Reduce what a submission showed to what cannot run in any page: plain text and re-encoded pictures."""

from __future__ import annotations

import cv2
import numpy as np

from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import CellResult, Output, Verdict
from autograder.grade.run import Finished, limits_of
from autograder.grade.text import plain_text
from autograder.manifest import Exercise
from autograder.sandbox.client import decode_pictures
from autograder.sandbox.frames import Channel
from autograder.sandbox.messages import Display

__all__ = ["cell_results", "plain_text"]

OUTPUTS = 50
PICTURES = 40


def cell_results(slot: Channel, exercise: Exercise, rebuilt: Rebuilt, finished: Finished) -> list[CellResult]:
    """Return every cell of the rebuilt notebook with its safe outputs."""
    shown = {name: done.displays[:OUTPUTS] for name, done in finished.cells.items()}
    pictures = _reencode(slot, exercise, [d.png for displays in shown.values() for d in displays if d.kind == "png"])
    return [
        CellResult(
            cell.id,
            cell.kind,
            cell.cell_type,
            cell.source,
            [output for display in shown.get(cell.id, []) if (output := _output(display, pictures)) is not None],
            finished.verdict(cell.id) if cell.cell_type == "code" else Verdict.PASSED,
        )
        for cell in rebuilt.cells
    ]


def _output(display: Display, pictures: dict[bytes, bytes]) -> Output | None:
    if display.kind == "png":
        return Output("png", png=pictures[display.png]) if pictures.get(display.png) else None
    return Output(display.kind, plain_text(display.text))


def _reencode(slot: Channel, exercise: Exercise, pngs: list[bytes]) -> dict[bytes, bytes]:
    wanted = pngs[:PICTURES]
    if not wanted:
        return {}
    limits = limits_of(exercise, 1)
    pixels = decode_pictures(slot, wanted, limits, exercise.limits.frame_mb << 20)
    return {png: encoded for png, image in zip(wanted, pixels, strict=True) if (encoded := _encode(image))}


def _encode(image: object) -> bytes:
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        return b""
    done, data = cv2.imencode(".png", np.ascontiguousarray(image))
    return data.tobytes() if done else b""
