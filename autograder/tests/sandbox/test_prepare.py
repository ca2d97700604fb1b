"""What is done once, before the first submission."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from autograder.sandbox.worker import prepare


def test_what_is_warm_is_called_once_and_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function is called for what it keeps; one that fails or is not there keeps nobody from being graded."""
    called = []
    module = ModuleType("kept_for_later")
    module.keep = lambda: called.append("keep")  # type: ignore[attr-defined]
    module.fail = lambda: 1 / 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kept_for_later", module)
    prepare(["kept_for_later:fail", "kept_for_later:absent", "no_such_module", "kept_for_later:keep", "kept_for_later"])
    assert called == ["keep"]
