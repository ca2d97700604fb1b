"""Progress where there is no terminal: a log that says each thing once."""

import pytest

from autograder import progress


def test_a_log_says_what_is_new_and_nothing_twice(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is told, and however long the same step takes."""
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    with progress.progress() as say:
        for done in (0, 0, 1, 1, 2):
            say("grading", done, 2)
        say("entering points", 0, 0)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["grading (0/2)", "grading (1/2)", "grading (2/2)", "entering points"]


def test_a_log_skips_steps_that_follow_one_another_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Two hundred submissions in a second are one line, and what comes next is another."""
    with progress.progress() as say:
        for done in range(200):
            say("grading", done, 200)
        say("entering points", 200, 200)
    assert capsys.readouterr().err.splitlines() == ["grading (0/200)", "entering points (200/200)"]
