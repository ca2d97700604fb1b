"""The doctor: what it reports, what it advises, and that nothing on a broken machine stops it."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from coursedata.console import Row, clean, render, say
from coursedata.doctor import examine, libraries, machine


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m coursedata` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "coursedata", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_doctor_on_this_machine() -> None:
    """Every package is listed, torch's device is named, and the exit code says whether something is to be mended."""
    done = command("doctor", "--json")
    report = json.loads(done.stdout)
    names = [row["name"] for row in report["rows"]]
    for name in ("Python", "numpy", "torch", "torch device", "Jupyter kernel", "memory", "free disk", "writing here"):
        assert name in names
    assert report["ready"] == (done.returncode == 0)
    assert all(row["todo"] for row in report["rows"] if row["sign"] == "problem")
    assert b"Traceback" not in done.stderr


def test_doctor_on_a_windows_console() -> None:
    """cp1252 knows no check mark: words stand in its place, nothing crashes, and the report is readable."""
    done = command("doctor", PYTHONIOENCODING="cp1252")
    assert done.returncode in {0, 1}
    assert done.stdout.decode("cp1252").startswith("ok Python")


def test_a_package_that_is_missing_or_too_old_comes_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line to type is printed, with the bound."""
    installed = {"numpy": "1.20.0", "torch": "2.13.0+cpu", "opencv-python-headless": "4.9.0.80"}

    def version(name: str) -> str:
        if name not in installed:
            raise metadata.PackageNotFoundError(name)
        return installed[name]

    wishes = ["numpy>=1.26", "torch>=2.2", "plotly>=5.20", "opencv-python>=4.8,<5"]
    monkeypatch.setattr(metadata, "requires", lambda _: wishes)
    monkeypatch.setattr(metadata, "version", lambda name: "1" if name == "coursedata" else version(name))
    rows = {row.name: row for row in libraries.packages()}
    assert rows["numpy"].sign == "problem"
    assert rows["numpy"].todo == f'{libraries.this_python()} -m pip install "numpy>=1.26"'
    assert rows["plotly"].text == "not installed"
    assert rows["torch"].sign == "ok"
    assert rows["opencv-python"].sign == "ok"


def test_opencv_5_is_too_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no face cascades: the course needs a version below 5."""
    monkeypatch.setattr(metadata, "requires", lambda _: ["opencv-python>=4.8,<5"])
    monkeypatch.setattr(metadata, "version", lambda _: "5.0.0.1")
    assert [row.sign for row in libraries.packages()] == ["ok", "problem"]


def test_a_library_that_cannot_be_imported_is_told_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken compiled part is found before the first notebook is."""

    def fail(module: str) -> Any:
        raise OSError(f"[WinError 126] {module}: The specified module could not be found")

    monkeypatch.setattr(libraries, "_quietly", fail)
    monkeypatch.setattr(sys, "platform", "win32")
    rows = {row.name: row for row in libraries.imports()}
    assert "WinError 126" in rows["torch"].text
    assert "vc_redist" in rows["torch"].todo
    assert "built for each other" in rows["torchvision"].todo


def test_an_examination_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A surprise is itself a line of the report."""

    def surprise() -> list[Row]:
        raise RuntimeError("no such thing")

    monkeypatch.setattr("coursedata.doctor.report.EXAMINATIONS", (surprise, machine.python))
    assert [(row.sign, row.name) for row in examine()] == [("problem", "surprise"), ("ok", "Python")]


def test_a_folder_that_cannot_be_written_to_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks are not saved there: another place is suggested."""

    def refuse(**_: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    (row,) = machine.writing()
    assert row.sign == "problem"
    assert "Permission denied" in row.text
    assert "folder of your own" in row.todo


def test_little_memory_and_disk_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have a bound and an advice."""
    monkeypatch.setattr(machine, "_total_memory", lambda: 1.9)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2**29))
    assert [(row.sign, row.text) for row in machine.memory()] == [("note", "1.9 GiB")]
    assert [(row.sign, row.text) for row in machine.disk()] == [("problem", "0.5 GiB")]


def test_a_wrong_data_folder_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The doctor sees a typing error in `T2P_DATA` before a download does."""
    monkeypatch.setenv("T2P_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setattr("coursedata.doctor.report.EXAMINATIONS", (machine.downloads,))
    (row,) = examine()
    assert row.sign == "problem"
    assert "nowhere" in row.text


def test_rows_are_aligned_and_wrapped() -> None:
    """Long texts continue under themselves; what to do stands on a line of its own."""
    rows = [Row("ok", "a", "short"), Row("problem", "longer", "word " * 12, "Do this.")]
    lines = render(rows, encoding="utf-8", width=45).split("\n")
    assert lines[0] == "✓ a       short"
    assert lines[1].startswith("✗ longer  word")
    assert lines[2].startswith("          word")
    assert lines[-1] == "          Do this."
    assert all(len(line) <= 45 for line in lines)


def test_a_terminal_gets_no_control_characters() -> None:
    """Names out of a foreign file cannot colour, clear or reverse a terminal."""
    assert clean("a\x1b[2J\u202eb\nc\ud800") == "a[2Jb c"
    assert clean("x" * 300, 10) == "xxxxxxx..."


def test_a_character_that_a_terminal_lacks_becomes_a_question_mark() -> None:
    """Printing never raises."""
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="cp1252")
    say("πulse ✓", terminal)
    assert raw.getvalue().rstrip() == b"?ulse ?"


def test_a_wrong_command_is_told_in_one_line() -> None:
    """No traceback, exit code 2."""
    done = command("docter")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert command("fetch", "nothing").returncode == 2


def test_importing_the_package_imports_neither_torch_nor_opencv() -> None:
    """A first cell answers at once: only NumPy is loaded until more is asked for."""
    code = "import sys, coursedata; print(sorted({'torch', 'cv2', 'matplotlib', 'pooch', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_advice_names_the_python_that_was_examined(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`python` alone is another one, or none, where no environment is switched on."""
    monkeypatch.chdir(tmp_path)
    for place, called in (
        (tmp_path / ".venv" / "bin" / "python", str(Path(".venv", "bin", "python"))),
        (Path("/opt/python"), "/opt/python"),
        (Path("/Users/Anna M/python"), '"/Users/Anna M/python"'),
    ):
        monkeypatch.setattr(sys, "executable", str(place))
        assert libraries.this_python() == called


def test_a_kernel_of_another_environment_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both environments' Pythons are links to the same file: the folders tell them apart."""
    for name in ("old", "new"):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "new" / "bin" / "python"))
    specs = SimpleNamespace(get_kernel_spec=lambda _: SimpleNamespace(argv=[str(tmp_path / "old" / "bin" / "python")]))
    monkeypatch.setattr("jupyter_client.kernelspec.KernelSpecManager", lambda: specs)
    assert [row.sign for row in libraries.jupyter()] == ["problem"]


def test_a_torch_without_numpy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It imports and only warns; every notebook would fail."""

    def refuse(_: object) -> None:
        raise RuntimeError("Numpy is not available")

    monkeypatch.setattr("torch.from_numpy", refuse)
    (row,) = libraries.torch_device()
    assert (row.sign, "numpy<2" in row.todo) == ("problem", True)
