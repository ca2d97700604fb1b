"""Comparing: the first broken rule and no other, in a sentence that says what came and what was expected of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch

from autograder.compare import Mismatch, is_copy, is_view, matches, raises, require, same_files, unmodified
from autograder.grade.student import Observation
from autograder.sandbox.messages import Failure, StudentError
from autograder.sandbox.values import Opaque

NAN = math.nan
THIS = "a tensor of shape (2, 3) and dtype float32"
TENSOR = torch.ones(2, 3)
SENTENCES: list[tuple[Any, Any, dict[str, Any], str, str]] = [
    (None, TENSOR, {}, "defined", f"The answer is None: expected {THIS}. Is a `return` missing?"),
    (None, 3, {}, "defined", "The answer is None: expected an int. Is a `return` missing?"),
    ([1.0], TENSOR, {}, "type", f"The answer is a list of length 1: expected {THIS}."),
    (np.ones((2, 3)), TENSOR, {}, "type",
     f"The answer is a NumPy array of shape (2, 3) and dtype float64: expected {THIS}."),
    ("1", 1, {}, "type", "The answer is a string: expected an int."),
    (1.0, 1, {}, "type", "The answer is a float: expected an int."),
    (True, 1, {}, "type", "The answer is a bool: expected an int."),
    (torch.tensor(1), 1, {}, "type", "The answer is a tensor of shape () and dtype int64: expected an int."),
    ((1, 2), [1, 2], {}, "type", "The answer is a tuple of length 2: expected a list of length 2."),
    ({1}, "x", {}, "type", "The answer is a set of length 1: expected a string."),
    ([], {}, {}, "type", "The answer is a list of length 0: expected a dict."),
    (Opaque("DataFrame"), TENSOR, {"kind": False}, "type",
     f"The answer is an object of type DataFrame, which holds no numbers: expected {THIS}."),
    (Opaque("x_3_1_4"), 1, {}, "type", "The answer is an object of another type: expected an int."),
    (torch.ones(6), TENSOR, {}, "rank", "The answer has rank 1 (shape (6,)): expected rank 2."),
    ([[1.0], [1.0, 2.0]], [1.0, 2.0], {}, "rank",
     "The answer is a list whose rows have different lengths: expected a regular grid of numbers."),
    (torch.ones(3, 2), TENSOR, {}, "shape", "The answer has shape (3, 2): expected (2, 3)."),
    (torch.ones(0, 987654321), TENSOR, {}, "shape", "The answer has another shape: expected (2, 3)."),
    (torch.ones(2, 62), TENSOR, {}, "shape", "The answer has another shape: expected (2, 3)."),
    (torch.ones(2, 16), TENSOR, {}, "shape", "The answer has shape (2, 16): expected (2, 3)."),
    (torch.ones(26, 28), torch.ones(28, 28), {}, "shape", "The answer has shape (26, 28): expected (28, 28)."),
    (torch.ones(151), torch.ones(300), {}, "shape", "The answer has shape (151,): expected (300,)."),
    (torch.ones(1, 28, 28), torch.ones(28, 28), {}, "rank",
     "The answer has rank 3 (shape (1, 28, 28)): expected rank 2."),
    (torch.ones(9, 28, 28), torch.ones(28, 28), {}, "rank", "The answer has rank 3: expected rank 2."),
    (torch.ones(784), torch.ones(28, 28), {}, "rank", "The answer has rank 1 (shape (784,)): expected rank 2."),
    (torch.ones(62), torch.ones(28, 28), {}, "rank", "The answer has rank 1: expected rank 2."),
    (torch.ones(0, 62, 60, 14), TENSOR, {}, "rank", "The answer has rank 4: expected rank 2."),
    (torch.ones((1,) * 9), TENSOR, {}, "rank", "The answer has a rank above 8: expected rank 2."),
    (torch.ones(0, 62), None, {}, "type", "The answer is a tensor of rank 2 and dtype float32: expected None."),
    (np.ones((62, 60)), TENSOR, {}, "type",
     f"The answer is a NumPy array of rank 2 and dtype float64: expected {THIS}."),
    ([1.0] * 40, torch.ones(40, 3), {}, "type",
     "The answer is a list of length 40: expected a tensor of shape (40, 3) and dtype float32."),
    ([1.0] * 62, TENSOR, {}, "type", f"The answer is a list of more than 16 items: expected {THIS}."),
    ([1, "a"], [1, "a", 2], {}, "shape", "The answer has 2 items: expected 3."),
    (["a"] * 62, ["a"], {}, "shape", "The answer has too many items: expected 1."),
    (["a"] * 62, ["a"] * 900, {}, "shape", "The answer has too few items: expected 900."),
    (["a"] * 899, ["a"] * 900, {}, "shape", "The answer has 899 items: expected 900."),
    (["a"] * 19 + ["b"], ["a"] * 20, {}, "value",
     "A later item of the answer is a string, as expected, but not the right one."),
    (TENSOR.double(), TENSOR, {}, "dtype", "The answer has dtype float64: expected float32."),
    (TENSOR * NAN, TENSOR, {}, "finite", "The answer holds NaN or infinity: 6 of 6 values."),
    (NAN, 1.0, {}, "finite", "The answer holds NaN or infinity: its only value."),
    (TENSOR + torch.eye(2, 3), TENSOR, {}, "value", "The answer is wrong in 2 of 6 values."),
    (torch.arange(1000) % 3, torch.zeros(1000, dtype=torch.int64), {}, "value",
     "The answer is wrong in about 67 % of 1000 values."),
    (torch.ones(1000), torch.zeros(1000), {}, "value", "The answer is wrong in 1000 of 1000 values."),
    (2.5, 2.0, {"rtol": 0.1}, "value", "The answer has another value."),
    ("a", "b", {}, "value", "The answer is a string, as expected, but not the right one."),
    ({"a": 1}, {"a": 1, "b": 2}, {}, "value", "The answer is a dict with other keys: 1 missing, 0 too many."),
    (dict.fromkeys(range(62)), {"a": 1}, {}, "value",
     "The answer is a dict with other keys: 1 missing, more than 16 too many."),
    ({"a": 2}, {"a": 1}, {}, "value", "One value of the dict has another value."),
    (["a", 2], ["a", 1], {}, "value", "Item 2 of the answer has another value."),
    ((TENSOR, TENSOR[0]), (TENSOR, TENSOR), {}, "rank",
     "Item 2 of the answer has rank 1 (shape (3,)): expected rank 2."),
    (torch.tensor([1, 2]), torch.tensor([1, 3]), {}, "value", "The answer is wrong in 1 of 2 values."),
    (2**70, 1, {}, "value", "The answer has another value."),
    (10**400, 1.0, {"dtype": False}, "value", "The answer holds numbers beyond any float."),
    ([2**70, 2], [1.0, 2.0], {"dtype": False}, "value", "The answer is wrong in 1 of 2 values."),
    ([1.0, NAN], [2**70, 2], {}, "finite", "The answer holds NaN or infinity: 1 of 2 values."),
    ([1.0, 2.0], [2**70, 2], {}, "value", "The answer is wrong in 1 of 2 values."),
]  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: f"{case[3]} {case[4][:40]}")
def test_first_broken_rule(case: tuple[Any, Any, dict[str, Any], str, str]) -> None:
    """One rule, one sentence, no hidden value."""
    got, want, options, rule, sentence = case
    with pytest.raises(Mismatch) as caught:
        matches(got, want, **options)
    assert (caught.value.rule, caught.value.reason) == (rule, sentence)


def sentence(got: Any, want: Any) -> str:
    """Return what a student reads."""
    try:
        matches(got, want, rtol=0.1)
    except Mismatch as error:
        return error.reason
    return ""


SIDES = range(0, 100, 3)
SPELT: dict[str, tuple[Any, Callable[[], Iterable[Any]], int]] = {
    "one axis": (torch.ones(28), lambda: map(torch.empty, range(10_000)), 30),
    "two axes": (torch.ones(28, 3), lambda: map(torch.empty, product([0], range(10_000))), 30),
    "three axes": (torch.ones(28, 3), lambda: map(torch.empty, product([0], SIDES, SIDES)), 10),
    "axes": (torch.ones(2), lambda: (torch.ones((1,) * axes) for axes in range(30)), 12),
    "a list": (torch.ones(28, 3), lambda: ([0.0] * length for length in range(5000)), 30),
    "items": (["a"] * 28, lambda: (["a"] * length for length in range(5000)), 30),
    "keys": ({"a": 1}, lambda: (dict.fromkeys(range(length)) for length in range(1000)), 20),
    "an item": (["a"] * 5000, lambda: (["a"] * n + ["b"] * (5000 - n) for n in range(0, 5000, 7)), 20),
    "wrong values": (torch.zeros(5000), lambda: ((torch.arange(5000) < n).float() for n in range(5000)), 130),
    "a type": (1, lambda: map(Opaque, map(str, range(1000))), 2),
}


@pytest.mark.parametrize("name", SPELT)
def test_what_a_sentence_can_spell(name: str) -> None:
    """Whatever is answered, there are few sentences: a hidden input cannot be read off them."""
    want, answers, most = SPELT[name]
    assert len({sentence(got, want) for got in answers()}) <= most


def test_what_an_exceptions_line_can_spell() -> None:
    """A line that no honest cell has is not named."""
    sentences = set()
    for line in range(5000):
        with pytest.raises(Mismatch) as caught:
            raises(ValueError, failing(["KeyError"], line=line))
        sentences.add(caught.value.reason)
    assert len(sentences) == 201


def test_what_a_folder_can_spell() -> None:
    """Files are counted as far as a person counts."""
    files = [dict.fromkeys(map(str, range(count)), b"") for count in range(2, 100)]
    assert len({reason_of(same_files, got, {"0": b""}) for got in files}) <= 17


def reason_of(compare: Any, *args: Any) -> str:
    with pytest.raises(Mismatch) as caught:
        compare(*args)
    return caught.value.reason


ORDER = [
    ("defined", None),
    ("type", [[1.0] * 3] * 2),
    ("rank", torch.full((6,), NAN, dtype=torch.float64)),
    ("shape", torch.full((3, 2), NAN, dtype=torch.float64)),
    ("dtype", torch.full((2, 3), NAN, dtype=torch.float64)),
    ("finite", torch.full((2, 3), NAN)),
    ("value", torch.zeros(2, 3)),
]


@pytest.mark.parametrize(("rule", "got"), ORDER, ids=[rule for rule, _ in ORDER])
def test_order_of_rules(rule: str, got: Any) -> None:
    """An answer that breaks every later rule too is told of the first alone."""
    with pytest.raises(Mismatch) as caught:
        matches(got, TENSOR)
    assert caught.value.rule == rule


SAME: list[tuple[Any, Any, dict[str, Any]]] = [
    (TENSOR, TENSOR.clone(), {}),
    (TENSOR.T.contiguous().T, TENSOR, {}),
    (TENSOR.detach(), TENSOR, {}),
    (torch.ones(2, requires_grad=True), torch.ones(2), {}),
    (torch.tensor([NAN, math.inf]), torch.tensor([NAN, math.inf]), {}),
    (torch.zeros(0, 3), torch.zeros(0, 3), {}),
    (torch.ones(2, dtype=torch.bfloat16), torch.ones(2, dtype=torch.bfloat16), {}),
    (np.ones(2), [1.0, 1.0], {"kind": False}),
    ([1, 2], torch.tensor([1, 2]), {"kind": False}),
    (torch.ones(2).double(), torch.ones(2), {"dtype": False}),
    (1.001, 1.0, {"rtol": 0.01}),
    (np.float64(1.5), 1.5, {}),
    (torch.tensor(3.0), 3.0, {"kind": False}),
    (2**70, 2**70, {}),
    (1j, 1j, {}),
    ([], [], {}),
    ({"a": [1, (2, "x")]}, {"a": [1, (2, "x")]}, {}),
    (torch.float32, torch.float32, {}),
    ({1, 2}, {2, 1}, {}),
    (b"x", b"x", {}),
]  # fmt: skip


@pytest.mark.parametrize("case", SAME, ids=lambda case: repr(case[0])[:30])
def test_same(case: tuple[Any, Any, dict[str, Any]]) -> None:
    """What is the same value passes, in any layout, with NaN where NaN belongs."""
    got, want, options = case
    matches(got, want, **options)


def test_side_effects() -> None:
    """Claims about inputs and memory, each with its sentence."""
    x = torch.tensor([1.0, NAN])
    kept, copied = [False], [False, False]
    unmodified(Observation(None, [x.clone()], kept), x)
    with pytest.raises(Mismatch, match="The input was changed by the call"):
        unmodified(Observation(None, [x + 1], kept), x)
    with pytest.raises(Mismatch, match="Argument 2 was changed by the call"):
        unmodified(Observation(None, [x, [1, 2]], copied), x, [2, 1])
    with pytest.raises(Mismatch, match="The answer is a copy"):
        is_view(Observation(None, [x], kept))
    with pytest.raises(Mismatch, match="shares its memory with the input"):
        is_copy(Observation(None, [x], [True]))


def failing(names: list[str], kind: Any = "raised", line: int = 3) -> Any:
    def call() -> None:
        raise StudentError(Failure(kind, names, line, "unit", "secret text"))

    return call


def test_raises() -> None:
    """The class or a base of it; else what came, by a name that is no student's own, and where."""
    raises(ValueError, failing(["ZeroVector", "ValueError", "Exception"]))
    with pytest.raises(Mismatch) as caught:
        raises(ValueError, failing(["x_3_1_4", "KeyError", "LookupError"]))
    assert caught.value.reason == "Raised KeyError (line 3 of your cell): expected ValueError."
    with pytest.raises(Mismatch) as caught:
        raises(ValueError, failing(["x_3"], line=10**9))
    assert caught.value.reason == "Raised an exception: expected ValueError."
    with pytest.raises(Mismatch, match="No exception came"):
        raises(ValueError, lambda: 1)
    with pytest.raises(StudentError):
        raises(ValueError, failing(["NotImplementedError"], "missing"))
    raises(NotImplementedError, failing(["NotImplementedError", "RuntimeError"], "missing"))


@pytest.mark.parametrize("expected", [RuntimeError, Exception])
def test_placeholder_raises_nothing_that_is_asked_for(expected: type[BaseException]) -> None:
    """The exception of an answer that is not written is a RuntimeError, and none that a check may be content with."""
    with pytest.raises(StudentError):
        raises(NotImplementedError, failing(["_Missing", "Exception"], "missing"))
    with pytest.raises(StudentError):
        raises(expected, failing(["NotImplementedError", "RuntimeError", "Exception"], "missing"))


def test_require() -> None:
    """A sentence of the check's own."""
    require([1], "never said")
    with pytest.raises(Mismatch) as caught:
        require([], "Keep one.", rule="shape")
    assert (caught.value.rule, caught.value.reason) == ("shape", "Keep one.")
