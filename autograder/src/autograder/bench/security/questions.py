"""The arena's questions as a careful instructor writes them for nbgrader and for otter-grader.

Hidden tests with fresh random inputs and answers of their own, types and shapes asserted, the reference never named.
Each has the points that its check has in ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent

__all__ = ["QUESTIONS", "Question", "nbgrader_cell", "otter_file"]


@dataclass(frozen=True)
class Question:
    """One hidden test."""

    part: str
    name: str
    points: float
    code: str
    """Statements over the part's name that raise where the answer is wrong."""


QUESTIONS = (
    Question("softmax", "softmax_of_random_logits", 3, """\
import torch
logits = torch.randn(4, 6)
got = softmax(logits)
assert type(got) is torch.Tensor and got.shape == (4, 6) and got.dtype == torch.float32
assert torch.allclose(got, torch.softmax(logits, 1), rtol=1e-5)
"""),
    Question("softmax", "softmax_of_columns_and_of_nothing", 1, """\
import torch
logits = torch.randn(5, 3, dtype=torch.float64).T
got = softmax(logits)
assert type(got) is torch.Tensor and got.dtype == torch.float64
assert torch.allclose(got, torch.softmax(logits, 1), rtol=1e-9)
assert softmax(torch.zeros(0, 3)).shape == (0, 3)
"""),
    Question("row_sums", "row_sums_are_right", 1, """\
import numpy as np
table = np.random.default_rng().normal(size=(5, 4))
got = row_sums(table)
assert type(got) is np.ndarray and got.shape == (5,)
assert np.allclose(got, [sum(row) for row in table.tolist()], rtol=1e-9)
"""),
    Question("row_sums", "row_sums_without_a_loop", 1, """\
import ast, inspect, textwrap
import numpy as np
table = np.random.default_rng().normal(size=(200, 4))
assert np.allclose(row_sums(table), [sum(row) for row in table.tolist()], rtol=1e-9)
tree = ast.parse(textwrap.dedent(inspect.getsource(row_sums)))
loops = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
assert not any(isinstance(node, loops) for node in ast.walk(tree))
"""),
    Question("first_half", "first_half_is_a_view", 2, """\
import torch
x = torch.randn(8)
kept = x.clone()
got = first_half(x)
assert type(got) is torch.Tensor and torch.equal(got, kept[:4])
got += 1
assert torch.equal(x[:4], kept[:4] + 1)
"""),
    Question("demean", "demean_leaves_its_input", 2, """\
import torch
x = torch.randn(7)
kept = x.clone()
got = demean(x)
assert type(got) is torch.Tensor and torch.allclose(got, kept - kept.mean(), rtol=1e-5, atol=1e-6)
assert torch.equal(x, kept)
"""),
    Question("unit", "unit_has_length_one", 1, """\
import torch
x = torch.randn(5)
got = unit(x)
assert type(got) is torch.Tensor and torch.allclose(got, x / (x * x).sum().sqrt(), rtol=1e-5)
"""),
    Question("unit", "unit_of_zero_raises", 1, """\
import torch
x = torch.zeros(4)
try:
    unit(x)
except ValueError:
    pass
else:
    raise AssertionError("no ValueError for the zero vector")
place = torch.randint(0, 4, ())
x[place] = -2.0
expected = torch.zeros(4)
expected[place] = -1.0
assert torch.allclose(unit(x), expected)
"""),
    Question("cipher", "cipher_there_and_back", 2, """\
import random
numbers = [random.randrange(1, 10_000) for _ in range(6)]
coded = [number * number + 3 * place for place, number in enumerate(numbers)]
box = cipher()
assert box.encode(numbers) == coded
assert box.decode(coded) == numbers
"""),
    Question("tally", "tally_counts", 2, """\
import random
words = [f"w{random.randrange(4)}" for _ in range(12)]
box = tally()
for word in words:
    box.add(word)
assert [box.count(f"w{number}") for number in range(5)] == [words.count(f"w{number}") for number in range(5)]
"""),
    Question("predict", "predict_unseen_images", 2, """\
import torch
labels = (torch.randperm(200) < 140).long()
images = torch.randn(200, 4, 4, dtype=torch.float64)
images[labels == 1, :2] += 3.0
images[labels == 0, 2:] += 3.0
got = predict(images)
assert type(got) is torch.Tensor and got.shape == (200,) and got.dtype == torch.int64
assert (got == labels).float().mean().item() >= 0.95
"""),
    Question("predict", "predict_single_images", 2, """\
import torch
images = torch.randn(64, 4, 4, dtype=torch.float64)
order = torch.randperm(64)
once, again = predict(images), predict(images[order])
upper, lower = images[:, :2].mean(dim=(1, 2)), images[:, 2:].mean(dim=(1, 2))
assert type(once) is torch.Tensor and torch.equal(once, (upper > lower).long())
assert torch.equal(again, once[order])
"""),
)  # fmt: skip


def nbgrader_cell(question: Question) -> str:
    """Return the source of a test cell that students see empty."""
    return f"### BEGIN HIDDEN TESTS\n{question.code}### END HIDDEN TESTS"


def otter_file(part: str) -> str:
    """Return otter's test file of a part, every case hidden."""
    own = [question for question in QUESTIONS if question.part == part]
    cases = "\n".join(
        f"\n@test_case(points={question.points}, hidden=True)\n"
        f"def test_{question.name}({part}):\n{indent(question.code, '    ')}"
        for question in own
    )
    head = f"OK_FORMAT = False\nname = {part!r}\npoints = {sum(question.points for question in own)}\n"
    return f"from otter.test_files import test_case\n\n{head}{cases}"
