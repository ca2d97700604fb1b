"""Pictures are made into PNGs anew, once for each that a class draws."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import pytest

from autograder.grade import batch, reduce
from autograder.grade.rebuild import Rebuilt, RebuiltCell
from autograder.grade.reduce import cell_results
from autograder.grade.report import CellResult, Finding, Output, PartReport, Report, Verdict
from autograder.grade.run import Finished
from autograder.sandbox.messages import CellDone, Display
from autograder.sandbox.values import encode


def drawn(*pictures: np.ndarray | bytes) -> list[bytes]:
    """Return the PNGs of a notebook whose only cell drew `pictures`."""
    cells = Rebuilt([RebuiltCell("plot", "extra", "code", "")])
    shown = [Display("picture", pixels=one if isinstance(one, bytes) else encode(one)) for one in pictures]
    results = cell_results(cells, Finished(None, {"plot": CellDone("plot", "passed", displays=shown)}))
    return [output.png for output in results[0].outputs]


def noise(seed: int, height: int = 20, width: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def test_each_picture_comes_back_as_it_was() -> None:
    """Pictures of the same numbers and another shape, and the same picture twice, keep their pixels and places."""
    wide = noise(1)
    pictures = [wide, noise(2), wide.reshape(30, 20, 3), wide]
    found = [cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR) for png in drawn(*pictures)]
    assert [np.array_equal(*pair) for pair in zip(found, pictures, strict=True)] == [True] * 4


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures that are all different do not fill the memory, and stay right."""
    monkeypatch.setattr(reduce, "KEPT_BYTES", 5000)
    kept = reduce._Pictures()
    monkeypatch.setattr(reduce, "_pictures", kept)
    assert len(set(drawn(*(noise(seed) for seed in range(20))))) == 20
    assert sum(map(len, kept._known.values())) <= 5000


@pytest.mark.parametrize("bad", [b"", b"\xc1", encode("text"), encode(np.zeros((2, 2, 4), np.uint8))])
def test_what_is_no_picture_is_left_out(bad: bytes) -> None:
    """A frame that holds no picture gives no output, the first time and the second."""
    assert [drawn(bad), drawn(bad)] == [[], []]


def reported(output: Output, reason: str = "") -> Report:
    finding = Finding("test_plot", "plot", "It is drawn.", 1.0, Verdict.WRONG, reason)
    part = PartReport("plot", "Plot", "core", 0.0, 1.0, [finding])
    return Report("x", "anna", "", "final", [part], [CellResult("plot", "extra", "code", f"plot({reason})", [output])])


def test_a_class_holds_what_is_common_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal pictures, findings and texts of several reports are one object; the rest stays each student's own."""
    monkeypatch.setitem(batch.SHARED, Output, 2 * batch._bytes_of(Output("png", "one", b"third")))
    said = [("one", b"same"), ("one", b"same"), ("two", b"same"), ("ten", b"third"), ("", b""), ("", b"")]
    reports = [reported(Output("png", text, bytes(bytearray(png))), f"reason {len(png)}") for text, png in said]
    before = [msgspec.json.encode(report) for report in reports]
    known = batch._Known()
    for report in reports:
        known.share(report)
    assert [msgspec.json.encode(report) for report in reports] == before
    outputs = [report.cells[0].outputs[0] for report in reports]
    assert outputs[0] is outputs[1]
    assert list(known._known[Output]) == outputs[2:4]
    first, other = reports[0], reports[2]
    assert first.parts[0].findings[0] is other.parts[0].findings[0]
    assert first.cells[0].source is other.cells[0].source


def test_what_is_common_is_bounded_by_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """However large pictures, findings and cells are, a watcher that runs for weeks keeps a stated size of each."""
    budgets = {Output: 40_000, Finding: 20_000, str: 10_000}
    for kind, most in budgets.items():
        monkeypatch.setitem(batch.SHARED, kind, most)
    known = batch._Known()
    for number in range(100):
        size = 1000 * (number % 50)
        known.share(reported(Output("png", png=b"%d" % number + bytes(size)), f"{number}" + "\u1234" * size))
    kept = {kind: sum(map(batch._bytes_of, ones)) for kind, ones in known._known.items()}
    assert {kind: kept[kind] <= most for kind, most in budgets.items()} == dict.fromkeys(budgets, True)
    assert kept == known._sizes
    first, second = (reported(Output("png", png=b"again")) for _ in range(2))
    known.share(first)
    known.share(second)
    assert first.cells[0].outputs[0] is second.cells[0].outputs[0]
