"""Mode "weights": what is handed in is judged, loaded in the sandbox alone, beside a short run of the notebook."""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
import torch

from autograder.compare import Mismatch
from autograder.grade.batch import Pool, grade_batch
from autograder.grade.collect import FILE_BYTES
from autograder.grade.job import Job
from autograder.grade.likeness import alike, fingerprint
from autograder.grade.report import Finding, Report, Verdict
from autograder.grade.student import Remote, Student
from autograder.grade.weights import Weights
from autograder.manifest import Cohort, Exercise, load_exercise
from autograder.pages.summary import render_summary
from autograder.release.build import notebook_dict
from autograder.release.source import read_source
from autograder.sandbox.decode import answer
from autograder.sandbox.messages import Decode, Step
from autograder.sandbox.values import Handle

TRAINED = Path(__file__).parents[1] / "courses" / "trained" / "solutions" / "02_net"
SLUG, FILE, CHECK = "02_net", "net.pt", "test_weights_handed_in"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return load_exercise(TRAINED)


def net(hidden: int = 16) -> torch.nn.Sequential:
    return torch.nn.Sequential(torch.nn.Linear(2, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 1))


def saved(value: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def fitted(seed: int = 0, steps: int = 400) -> torch.nn.Sequential:
    """Return what a student trains at home."""
    torch.manual_seed(seed)
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(steps):
        x = torch.rand(64, 2) * 2 - 1
        loss = ((model(x) - (x[:, :1] - x[:, 1:] + 1)) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@pytest.fixture(scope="module")
def good() -> bytes:
    return saved(fitted().state_dict())


Grade = Callable[..., Report]


@pytest.fixture(scope="module")
def pool(exercise: Exercise) -> Iterator[Pool]:
    with Pool(exercise, lambda: bytes(32), sandboxed=False) as made:
        yield made


@pytest.fixture
def grade(exercise: Exercise, pool: Pool, tmp_path: Path) -> Grade:
    def graded(files: Files, answers: dict[str, str] | None = None, *, sandboxed: bool = False) -> Report:
        notebook = notebook_dict(exercise, read_source(exercise.folder), answers=True)
        for cell in notebook["cells"]:
            cell["source"] = (answers or {}).get(cell["id"], cell["source"])
        (tmp_path / f"{SLUG}.ipynb").write_text(json.dumps(notebook), "utf-8")
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        job = Job("anna", str(tmp_path / f"{SLUG}.ipynb"))
        if sandboxed:
            return next(iter(grade_batch(exercise, [job], lambda: bytes(32))))
        pool.give(job)
        ((_, report),) = pool.take()
        return report

    return graded


def finding(report: Report) -> Finding:
    return next(one for part in report.parts for one in part.findings if one.check == CHECK)


def test_handed_in_weights_are_judged(grade: Grade, good: bytes) -> None:
    """Full marks for what was trained at home; the notebook ran its short training, and nothing is flagged."""
    report = grade({FILE: good})
    assert [one.reason for part in report.parts for one in part.findings if one.reason] == []
    assert (report.points, report.flags) == (6, [])
    sizes = next(cell.source for cell in report.cells if cell.id == "sizes")
    assert "STEPS = 40" in sizes
    assert set(report.weights) == {FILE}


def test_short_training_does_not_take_their_place(grade: Grade) -> None:
    """The notebook's own cell saves under the same name: still the file that came is judged, here one of noise."""
    report = grade({FILE: saved(net().state_dict())})
    said = finding(report).reason
    assert said.startswith("The error of your weights on unseen points is ")
    assert said.endswith("; at most 0.3 is asked for.")
    assert report.points < 6


def test_short_training_alone_does_not_pass(grade: Grade) -> None:
    """Without a file nothing is judged, though the notebook has just written one."""
    assert finding(grade({})).reason == (
        "`net.pt` was not handed in beside the notebook, or has more than 20 MB together with the other files."
    )


class Runs:
    """A pickle that would run a command."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.canary),)


def damaged(canary: Path, good: bytes) -> dict[str, tuple[bytes, str]]:
    state = net().state_dict()
    other = net(12).state_dict()
    return {
        "cut off": (good[: len(good) // 2], "holds something else than tensors and plain values, or is cut off"),
        "empty": (b"", "is empty"),
        "a picture": (b"\x89PNG" + bytes(99), "or is cut off: it begins like a PNG picture"),
        "a pickle that runs": (pickle.dumps(Runs(canary)), "holds something else than tensors"),
        "one inside of what torch saves": (saved({"0.weight": Runs(canary)}), "holds something else than tensors"),
        "the whole model": (saved(net()), "holds something else than tensors"),
        "a checkpoint": (saved({"epoch": 3, "model": state}), "holds no state_dict: save `model.state_dict()`"),
        "a tensor": (saved(torch.zeros(3)), "holds no state_dict: save `model.state_dict()`"),
        "another class": (saved(other), "does not fit `make_net`, which has 4 tensors: of those in the file 3 of"),
        "other names": (saved({f"net.{k}": v for k, v in state.items()}), "in the file 4 missing, 4 too many. Was the"),
        "too large": (saved({"x": torch.zeros(FILE_BYTES // 4 + 9)}), "was not handed in beside the notebook, or has"),
    }


@pytest.mark.parametrize("case", damaged(Path("canary"), b""))
def test_what_cannot_be_judged(grade: Grade, good: bytes, tmp_path: Path, case: str) -> None:
    """Each gets its sentence, costs the check that asked and no other, and runs nothing."""
    canary = tmp_path / "canary"
    data, sentence = damaged(canary, good)[case]
    report = grade({FILE: data})
    found = finding(report)
    assert (found.verdict, sentence in found.reason) == (Verdict.WRONG, True), found.reason
    others = [one for part in report.parts for one in part.findings if one.check != CHECK]
    assert all(one.verdict is Verdict.PASSED for one in others)
    assert not canary.exists()
    assert report.internal_errors == []


@pytest.mark.sandbox
def test_in_the_sandbox(grade: Grade, good: bytes, arena: Any) -> None:
    """The same with every layer, where a pickle would find nothing to harm."""
    assert grade({FILE: good}, sandboxed=True).points == 6
    report = grade({FILE: pickle.dumps(Runs(Path("/tmp/canary")))}, sandboxed=True)
    assert "holds something else than tensors" in finding(report).reason


def test_a_class_that_raises(grade: Grade, good: bytes) -> None:
    """The student's own load_state_dict is the student's own mistake."""
    code = """
def make_net():
    class Net(nn.Sequential):
        def load_state_dict(self, *args, **kwargs):
            raise KeyError("no")
    return Net(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
"""
    assert finding(grade({FILE: good}, {"make_net": code})).reason == (
        "`net.pt` does not fit `make_net`: load_state_dict raised an exception."
    )


class SaysMany:
    """A submission whose model has as many tensors as a hidden input says."""

    frame_bytes = 1 << 20

    def make(self, name: str) -> Remote:
        """Make the model."""
        return Remote(cast("Student", self), Handle(1, name))

    def ask(self, *_: Step) -> dict[str, torch.Tensor]:
        """Say what its state is."""
        return {f"secret {number}": torch.zeros(1) for number in range(3141)}

    def ask_clean(self, request: Decode) -> list[bytes]:
        """Decode the file as it is."""
        return [answer(*request.files[0], request.room)]


def test_how_many_tensors_say_little(good: bytes) -> None:
    """How many tensors a model has is the worker's word: of many it is only said that they are."""
    with pytest.raises(Mismatch) as caught:
        Weights(cast("Student", SaysMany()), {FILE: good}).into(FILE, "make_net")
    assert "which has more than 16 tensors: of those in the file more than 16 missing, 4 too" in caught.value.reason


def test_no_module_at_all(grade: Grade, good: bytes) -> None:
    """What has no state_dict cannot hold weights."""
    report = grade({FILE: good}, {"make_net": "def make_net():\n    return 3"})
    assert finding(report).verdict in (Verdict.RAISED, Verdict.WRONG)
    assert report.internal_errors == []


def marked(value: torch.nn.Module, code: str = "a") -> dict[str, Any]:
    state = value.state_dict()
    return {FILE: fingerprint(saved(state), code, state)}


def noisy(value: torch.nn.Module, share: float) -> torch.nn.Module:
    torch.manual_seed(1)
    with torch.no_grad():
        for one in value.parameters():
            one.add_(torch.randn_like(one) * one.abs().mean() * share)
    return value


def test_whose_weights_are_alike() -> None:
    """The same file, and one that was blurred a little, are found; honest trainings of other seeds are not."""
    found = list(
        alike(
            {
                "anna": marked(fitted(0)),
                "bert": marked(fitted(0), "b"),
                "cleo": marked(noisy(fitted(0), 0.01), "c"),
                "dora": marked(fitted(3)),
                "emil": marked(net(12)),
                "fritz": {FILE: fingerprint(b"no weights", "f", None)},
            }
        )
    )
    assert [(one, other) for one, other, _ in found] == [("anna", "bert"), ("anna", "cleo"), ("bert", "cleo")]
    assert found[0][2].startswith("`net.pt` is the same file, byte by byte, and the code is another: both cannot come")
    assert found[1][2].startswith("`net.pt` holds nearly the same numbers, and the code is another")


def test_same_seed_and_same_code_prove_nothing() -> None:
    """Two who wrote the same lines and kept the seed agree to the bit: the remark says so."""
    ((_, _, said),) = alike({"anna": marked(fitted(0)), "bert": marked(fitted(0))})
    assert (
        said
        == "`net.pt` is the same file, byte by byte, and so is the code: from the same seed honest work gives that too"
    )


def test_infinite_weights_are_like_nobody_else() -> None:
    """A file that holds an infinity where it does no harm accuses none of those who trained."""
    endless = fitted(0)
    with torch.no_grad():
        next(iter(endless.parameters())).fill_(-torch.inf)
    assert list(alike({"anna": marked(endless), "bert": marked(fitted(1), "b"), "cleo": marked(fitted(2), "c")})) == []


def test_staff_read_of_it(exercise: Exercise, tmp_path: Path) -> None:
    """The summary of the class names both; no student's report does."""
    (tmp_path / "cohort.toml").write_text('title = "Autumn"\n', "utf-8")
    cohort = msgspec.structs.replace(Cohort("Autumn"), name="autumn", folder=tmp_path)
    reports = [Report(SLUG, who, "unit", "final", [], weights=marked(fitted(0), who)) for who in ("anna", "bert")]
    page = render_summary(reports, exercise, cohort).decode()
    assert "is the same file, byte by byte" in page
    assert "(compared with bert)" in page
    assert all(report.flags == [] for report in reports)


def test_short_training_is_asked_anew(tmp_path: Path) -> None:
    """Another short size is another question: who was graded with the old one is graded again."""
    from autograder.grade.asked import asked_of

    folder = shutil.copytree(TRAINED, tmp_path / SLUG)
    before = asked_of(load_exercise(folder))
    path = folder / "exercise.toml"
    path.write_text(path.read_text("utf-8").replace("STEPS = 40", "STEPS = 50"), "utf-8")
    assert asked_of(load_exercise(folder)) != before
