"""Hidden checks of 03_mnist: every input is drawn from `rng`, so that knowing this file gives no answer away.

True answers come from loops, finite differences, NumPy or PyTorch's own functions. What a trained network reads is
counted here, against labels that never enter the sandbox.
"""

from __future__ import annotations

import ast
import itertools
import math
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.checks import check
from autograder.compare import matches, no_loop, require, unmodified

ROUNDING = 1e-5
"""Relative error of some float32 operations in another order."""
EXACT = 1e-10
"""The same in float64."""
HIDDEN = 1500
"""Digits that a trained network reads: at 94 % a standard error of 0.6 %."""
WEIGHTS = "Afterwards the model does not have the weights that it should have."
LN10 = math.log(10)
FAR = 1000.0
"""More than the logits of a small network with weights around 0."""
READY = {
    *("cross_entropy", "CrossEntropyLoss", "nll_loss", "nll_loss2d", "NLLLoss", "NLLLoss2d", "linear_cross_entropy"),
    *("softmax", "Softmax", "Softmax2d", "softmin", "Softmin", "gumbel_softmax", "log_softmax", "LogSoftmax"),
    *("_softmax", "_log_softmax", "AdaptiveLogSoftmaxWithLoss", "scaled_dot_product_attention"),
    *("logsumexp", "special_logsumexp", "logcumsumexp"),
    *("distributions", "Categorical", "OneHotCategorical", "Multinomial"),
}
WALKS_BACK = {
    *("backward", "autograd", "grad", "requires_grad_", "gradcheck", "gradgradcheck", "forward_ad"),
    *("func", "functorch", "jacrev", "jacfwd", "jacobian", "jvp", "vjp", "hessian", "hvp", "vhp", "linearize"),
    *("value_and_grad", "grad_and_value"),
}
LOADS = {
    *("DataLoader", "DataLoader2", "Sampler", "BatchSampler", "RandomSampler", "SequentialSampler"),
    *("SubsetRandomSampler", "WeightedRandomSampler", "DistributedSampler"),
}
CONCEALS = {"exec", "eval", "__import__", "importlib", "builtins", "__builtins__"}
CONCEALS |= {"getattr", "attrgetter", "methodcaller", "__getattribute__", "import_module", "runpy", "get_ipython"}
CONCEALS |= {"vars", "locals", "globals", "modules", "__dict__", "__globals__"}
"""What none of the three parts by hand needs, and what would hide the names above."""


def floats(rng: np.random.Generator, *shape: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    """Return numbers around 0."""
    return torch.from_numpy(np.asarray(rng.normal(0.0, 1.0, shape))).to(dtype)


def classes(rng: np.random.Generator, count: int, of: int) -> torch.Tensor:
    """Return labels."""
    return torch.from_numpy(rng.integers(0, of, count))


def sizes(rng: np.random.Generator, count: int, low: int = 2, high: int = 9) -> list[int]:
    """Return `count` different lengths, so that no axis can be taken for another."""
    return [int(n) for n in rng.choice(np.arange(low, high), size=count, replace=False)]


def own_names(facts: Any) -> set[str]:
    """Return the names that an answer gives to values and helpers of its own."""
    own: set[str] = set()
    others = set(facts.imports)
    nodes = [inner for one in facts.nodes for inner in ast.walk(one)]
    classes = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    keys = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
    keys |= {id(node.slice) for node in nodes if isinstance(node, ast.Subscript)}
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            own.add(node.name)
        elif isinstance(node, ast.Attribute):
            (own if getattr(node.value, "id", "") in classes else others).add(node.attr)
        elif isinstance(node, (ast.arguments, ast.Assign)):
            others.update(outside(node, facts.nodes))
        elif isinstance(node, ast.alias):
            others.update(node.name.split("."))
        elif isinstance(node, ast.Constant) and id(node) in keys:
            own.add(str(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not set(node.value) & set(" \n"):
            others.update(node.value.split("."))  # not the words of a sentence
    return own - others


def outside(node: ast.arguments | ast.Assign, top: Any) -> set[str]:
    """Return the names in defaults, and in the values of a cell's own lines: they were others' before (`vars=vars`)."""
    values = [*node.defaults, *node.kw_defaults] if isinstance(node, ast.arguments) else [node.value]
    if isinstance(node, ast.Assign) and node not in top:
        return set()
    return {one.id for value in values if value for one in ast.walk(value) if isinstance(one, ast.Name)}


def uses_none(student: Any, name: str, banned: set[str], why: str) -> None:
    """Require that the source of `name` mentions none of `banned`, except as names of its own."""
    facts = student.source(name)
    require(facts.text, f"The definition of `{name}` cannot be read: write it as a function in its own cell.")
    require(
        not facts.foreign,
        f"`{name}` uses what another file defines, which is not read here: write it in a cell of the notebook.",
        rule="source",
    )
    require(not (facts.names & (banned | CONCEALS)) - own_names(facts), why, rule="source")


def drawn(places: list[int], count: int, what: str) -> None:
    """Require places of `count` that follow no rule: by chance, half of the steps between them are never equal."""
    steps = [(after - before) % count for before, after in itertools.pairwise(places)]
    require(max(map(steps.count, steps)) * 2 < len(steps), what)


def number(value: Any, what: str) -> float:
    """Return the number that an answer must be, Python's or NumPy's."""
    require(isinstance(value, (float, np.floating)), f"{what} is no Python float: `.item()` makes one.", rule="type")
    require(math.isfinite(value), f"{what} is NaN or infinite.", rule="finite")
    return float(value)


def noted(value: Any, kind: type) -> list[Any]:
    """Return what a probe noted, a list of numbers, names or truth values."""
    require(isinstance(value, list) and all(type(one) is kind for one in value), "Other notes came.", rule="type")
    return list(value)


def near(got: Any, want: Any, what: str, *, rtol: float, atol: float) -> None:
    """Require these values of one tensor, or a list of them; `what` names it where it is not all of an answer."""
    matches(got, want, atol=math.inf)
    pairs = zip(got, want, strict=True) if isinstance(want, list) else [(got, want)]
    require(all(torch.allclose(a, b, rtol=rtol, atol=atol) for a, b in pairs), what)


def reached(got: Any, want: list[torch.Tensor], what: str, *, rtol: float = EXACT) -> None:
    """Require these gradients, as many as there are tensors."""
    require(not any(one is None for one in got), f"No gradient reaches {what}.")
    near(got, want, f"The gradient that reaches {what} is wrong.", rtol=rtol, atol=EXACT)


def depends(one: Any, again: Any, other: Any, of: str) -> None:
    """Require finite numbers that are the same for the same question and others for another."""
    matches(again, one)
    require(bool(one.isfinite().all()), "The answer holds NaN or infinity.", rule="finite")
    require(not torch.equal(one, other), f"The answer does not depend on {of}.")


# ------------------------------------------------------------------------------------------------------- neuron


def one_neuron(rng: np.random.Generator, count: int = 7, width: int = 4) -> tuple[torch.Tensor, ...]:
    """Return x, y, w, b."""
    x, w = floats(rng, count, width), floats(rng, width)
    y = torch.from_numpy((np.arange(count) % 2).astype(float))
    return x, y[torch.from_numpy(rng.permutation(count))], w, floats(rng)


def neuron_loss(x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> float:
    """Return the mean loss, one example at a time."""
    total = 0.0
    for row, truth in zip(x.tolist(), y.tolist(), strict=True):
        z = sum(a * c for a, c in zip(row, w.tolist(), strict=True)) + b.item()
        total += max(z, 0.0) + math.log1p(math.exp(-abs(z))) - truth * z
    return total / len(x)


def five(answer: Any) -> tuple[Any, ...]:
    """Return the answer, which must be five values."""
    require(answer is not None, "The answer is None. Is a `return` missing?", rule="defined")
    require(isinstance(answer, (tuple, list)) and len(answer) == 5, "The answer is not five values.", rule="type")
    return tuple(answer)


def along(answer: Any, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> float:
    """Require a `grad_w` along the gradient, whatever its length and sign; return the share of it that is not."""
    grad_w = five(answer)[1]
    want = (torch.sigmoid(x @ w + b) - y) @ x
    matches(grad_w, want, atol=math.inf)
    cosine = (grad_w @ want) / (grad_w.norm() * want.norm()).clamp(min=1e-300)
    require(abs(float(cosine)) > 0.999, "`grad_w` is not the gradient, not even up to a factor.")
    return float((grad_w - (grad_w @ want) / (want @ want) * want).norm() / grad_w.norm())


@check("neuron", hint="log(1 + e^z) - y z, then the mean over the examples.", see="cell:sure_seen")
def test_neuron_loss(student, rng):
    """The loss is the mean over the examples, a tensor of shape ()."""
    x, y, w, b = one_neuron(rng)
    loss = five(student.neuron(x, y, w, b, 0.1))[0]
    matches(loss, torch.tensor(neuron_loss(x, y, w, b), dtype=torch.float64), rtol=EXACT)


@check(
    "neuron",
    weight=2,
    hint="(p - y) times x, summed over examples, divided by their number.",
    see="cell:witnesses_seen",
)
def test_neuron_gradient(student, rng):
    """The gradient agrees with finite differences and with autograd."""
    x, y, w, b = one_neuron(rng)
    _, grad_w, grad_b, _, _ = five(student.neuron(x, y, w, b, 0.1))
    leaf_w, leaf_b = w.clone().requires_grad_(), b.clone().requires_grad_()
    nn.functional.binary_cross_entropy_with_logits(x @ leaf_w + leaf_b, y).backward()
    near(grad_w, leaf_w.grad, "`grad_w` is not the gradient.", rtol=1e-8, atol=EXACT)
    near(grad_b, leaf_b.grad, "`grad_b` is not the gradient.", rtol=1e-8, atol=EXACT)
    h, way = 1e-5, floats(rng, len(w))
    slope = (neuron_loss(x, y, w + h * way, b) - neuron_loss(x, y, w - h * way, b)) / (2 * h)
    require(abs(float(grad_w @ way) - slope) < 1e-7, "The gradient disagrees with finite differences.")


@check("neuron", hint="new_w = w - lr * grad_w, and the same for b.", see="slide:one-step-by-hand")
def test_neuron_step(student, rng):
    """One step gives the weights that torch.optim.SGD gives."""
    x, y, w, b = one_neuron(rng)
    lr = float(rng.uniform(0.05, 2.0))
    *_, new_w, new_b = five(student.neuron(x, y, w, b, lr))
    leaf_w, leaf_b = w.clone().requires_grad_(), b.clone().requires_grad_()
    optimizer = torch.optim.SGD([leaf_w, leaf_b], lr=lr)
    nn.functional.binary_cross_entropy_with_logits(x @ leaf_w + leaf_b, y).backward()
    optimizer.step()
    near(new_w, leaf_w.detach(), "`new_w` is not one step further.", rtol=1e-8, atol=EXACT)
    near(new_b, leaf_b.detach(), "`new_b` is not one step further.", rtol=1e-8, atol=EXACT)


@check("neuron", weight=0.5, hint="`torch.logaddexp`; sigmoid itself never overflows.", see="cell:sure_seen")
def test_neuron_very_sure(student, rng):
    """For z of plus and minus 1000 in float32 the loss is right, for one example alone too."""
    for z, truth in itertools.product((1000.0, -1000.0), (0.0, 1.0)):
        w = torch.tensor([float(rng.integers(1, 5))])
        x = torch.tensor([[z]]) / w
        loss, grad_w, *_ = five(student.neuron(x, torch.tensor([truth]), w, torch.tensor(0.0), 0.1))
        matches(loss, torch.tensor(max(z, 0.0) - truth * z), rtol=ROUNDING, atol=ROUNDING)
        near(grad_w, (float(z > 0) - truth) * x[0], "`grad_w` is not right there.", rtol=ROUNDING, atol=ROUNDING)


@check(
    "neuron",
    weight=0.5,
    claim=True,
    hint="The formulas stand above the part: p - y comes first.",
    see="slide:the-gradient-by-hand",
)
def test_neuron_by_hand(student, rng):
    """The gradient is computed by the formulas, without autograd or finite differences."""
    x, y, w, b = one_neuron(rng)
    off = along(student.neuron(x, y, w, b, 0.1), x, y, w, b)
    require(  # 1e-11 and more by differences, 1e-15 by formulas; what is further off is told so elsewhere
        not 1e-12 < off < 1e-8,
        "`grad_w` is only nearly the gradient, as finite differences give it: the text asks for the formulas.",
    )
    uses_none(
        student, "neuron", WALKS_BACK, "The code has autograd compute the gradient: the text asks for it by hand."
    )


@check(
    "neuron",
    weight=0.5,
    claim=True,
    hint="`w - lr * grad_w` makes a new tensor, `w -= …` does not.",
    see="cell:neuron_seen",
)
def test_neuron_leaves_its_input(student, rng):
    """Weights, bias and data that were given stay as they were."""
    args = (*one_neuron(rng), 0.5)
    seen = student.observe("neuron", *args)
    along(seen.value, *args[:4])
    unmodified(seen, *args)


# -------------------------------------------------------------------------------------------------- mlp_forward


def layers(rng: np.random.Generator, widths: list[int], dtype: torch.dtype = torch.float64) -> tuple[list, list]:
    """Return weights and biases."""
    pairs = list(itertools.pairwise(widths))
    return [floats(rng, b, a, dtype=dtype) for a, b in pairs], [floats(rng, b, dtype=dtype) for _, b in pairs]


def logits_of(x: torch.Tensor, weights: list[torch.Tensor], biases: list[torch.Tensor]) -> torch.Tensor:
    """Return what an MLP of torch's own layers says."""
    for place, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        x = nn.functional.linear(nn.functional.relu(x) if place else x, weight, bias)
    return x


@check("mlp_forward", weight=2, hint="`x @ W.T + b`, ReLU between the layers.", see="slide:an-mlp-is-week-1s-matmuls")
def test_mlp_of_some_layers(student, rng):
    """Networks of two to four layers of any width give the right logits."""
    for count in (3, 4, 5):
        widths = sizes(rng, count)
        x, made = floats(rng, 6, widths[0]), layers(rng, widths)
        matches(student.mlp_forward(x, *made), logits_of(x, *made), rtol=EXACT, atol=EXACT)


@check(
    "mlp_forward", hint="Nothing comes after the last layer, and it may be the only one.", see="cell:mlp_forward_seen"
)
def test_mlp_of_one_layer(student, rng):
    """A single layer is linear: its logits may be negative. Input that is negative is not bent either."""
    widths = sizes(rng, 2)
    x, made = floats(rng, 9, widths[0], dtype=torch.float32), layers(rng, widths, torch.float32)
    matches(student.mlp_forward(x, *made), logits_of(x, *made), rtol=ROUNDING, atol=ROUNDING)


@check("mlp_forward", weight=0.5, hint="One example is a batch too: keep both axes.", see="cell:mlp_forward_seen")
def test_mlp_of_one_and_none(student, rng):
    """One example, and none, keep their two axes."""
    widths = sizes(rng, 3)
    made = layers(rng, widths)
    made[1][-1] += FAR  # logits above 0: who bends them too is told so elsewhere
    for count in (1, 0):
        x = floats(rng, count, widths[0])
        matches(student.mlp_forward(x, *made), logits_of(x, *made), rtol=EXACT, atol=EXACT)


@check(
    "mlp_forward", weight=0.5, hint="No `.item()`, no `.detach()`, no NumPy on the way.", see="slide:three-witnesses"
)
def test_mlp_lets_gradients_through(student, rng):
    """Gradients reach every weight matrix, every bias and the input."""
    widths = sizes(rng, 3)
    x, (weights, biases), cotangent = floats(rng, 5, widths[0]), layers(rng, widths), floats(rng, 5, widths[-1])
    biases[-1] += FAR
    leaves = [[one.clone().requires_grad_() for one in group] for group in ([x], weights, biases)]
    (logits_of(leaves[0][0], *leaves[1:]) * cotangent).sum().backward()
    for place, what in ((1, "one of the weight matrices"), (2, "one of the biases"), (0, "`x`")):
        got = student.probe("gradient", "mlp_forward", place, cotangent, x, weights, biases)
        reached(got, [leaf.grad for leaf in leaves[place]], what)


@check(
    "mlp_forward",
    weight=0.5,
    claim=True,
    hint="`x += b` and `relu_` change what was given.",
    see="cell:mlp_forward_seen",
)
def test_mlp_leaves_its_input(student, rng):
    """Input, weights and biases stay as they were."""
    widths = sizes(rng, 3)
    args, other = ((floats(rng, 5, widths[0]), *layers(rng, widths)) for _ in range(2))
    seen = student.observe("mlp_forward", *args)
    made = [seen.value, student.mlp_forward(*args), student.mlp_forward(*other)]
    matches(made, [torch.zeros(5, widths[-1], dtype=torch.float64)] * 3, atol=math.inf)
    depends(*made, "input and weights")
    unmodified(seen, *args)


# ------------------------------------------------------------------------------------------------ cross_entropy


@check(
    "cross_entropy",
    weight=2,
    hint="log of the sum of exponentials, less the true logit; then the mean.",
    see="cell:cross_entropy_seen",
)
def test_cross_entropy_of_any_logits(student, rng):
    """Any number of examples and classes give the mean loss, in the logits' dtype."""
    for dtype, tolerance in ((torch.float64, EXACT), (torch.float32, ROUNDING)):
        count, of = sizes(rng, 2)
        logits, labels = 3 * floats(rng, count, of, dtype=dtype), classes(rng, count, of)
        matches(student.cross_entropy(logits, labels), nn.functional.cross_entropy(logits, labels), rtol=tolerance)


@check("cross_entropy", hint="Take the largest logit of each row off first.", see="slide:softmax-and-cross-entropy")
def test_cross_entropy_of_large_logits(student, rng):
    """Logits of plus and minus 10,000 give a finite, right loss, also when one row is far above another."""
    logits, labels = floats(rng, 6, 4, dtype=torch.float32), classes(rng, 6, 4)
    logits = logits * 10_000.0 + torch.tensor([0.0, 1e4, -1e4, 500.0, -500.0, 0.0])[:, None]
    matches(student.cross_entropy(logits, labels), nn.functional.cross_entropy(logits, labels), rtol=ROUNDING)


@check("cross_entropy", weight=0.5, hint="log C, for C classes.", see="cell:cross_entropy_seen")
def test_cross_entropy_of_no_idea(student, rng):
    """Equal logits give log C, for one example alone too."""
    for of in sizes(rng, 2):
        logits = torch.full((1, of), float(rng.normal()), dtype=torch.float64)
        matches(
            student.cross_entropy(logits, classes(rng, 1, of)),
            torch.tensor(math.log(of), dtype=torch.float64),
            rtol=1e-9,
        )


@check("cross_entropy", hint="No `.item()` and no `.detach()` on the way.", see="cell:gradient_bugs")
def test_cross_entropy_gradient(student, rng):
    """The gradient with respect to the logits is what was said less what was true, over N."""
    logits, labels = floats(rng, 5, 7), classes(rng, 5, 7)
    cotangent = floats(rng)
    want = (torch.softmax(logits, 1) - nn.functional.one_hot(labels, 7)) / 5 * cotangent
    made = student.probe("gradient", "cross_entropy", 0, cotangent, logits, labels)
    reached(made, [want], "the logits", rtol=1e-8)


@check(
    "cross_entropy",
    weight=0.5,
    claim=True,
    hint="`exp`, `log`, `amax`, `sum` and indexing are enough.",
    see="slide:softmax-and-cross-entropy",
)
def test_cross_entropy_by_hand(student, rng):
    """No ready-made softmax, log-sum-exp or loss is called, and nothing that was given is changed."""
    args = (floats(rng, 4, 3), classes(rng, 4, 3))
    seen = student.observe("cross_entropy", *args)
    matches(seen.value, nn.functional.cross_entropy(*args), rtol=EXACT)
    unmodified(seen, *args)
    uses_none(
        student, "cross_entropy", READY, "The code calls a ready-made loss or softmax: the text asks for it by hand."
    )


# ------------------------------------------------------------------------------------------------------ prepare


def some_digits(rng: np.random.Generator, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return pictures that are all different, bright ones and dark ones, and labels that belong to them."""
    light = rng.integers(10, 120, (count, 1, 1))
    images = (light + rng.integers(0, 120, (count, 28, 28))).astype(np.uint8)
    images[:, 0, 0], images[:, 0, 1] = np.arange(count) % 256, np.arange(count) // 256
    return torch.from_numpy(images), torch.from_numpy((np.arange(count) * 7 + 3) % 10)


def six(answer: Any) -> tuple[Any, ...]:
    """Return the answer, which must be six values."""
    require(answer is not None, "The answer is None. Is a `return` missing?", rule="defined")
    require(isinstance(answer, (tuple, list)) and len(answer) == 6, "The answer is not six values.", rule="type")
    return tuple(answer)


def shaped(answer: Any, train: int, valid: int) -> tuple[Any, ...]:
    """Return six values of the right kinds, shapes and dtypes."""
    made = six(answer)
    for part, count in ((made[0], train), (made[2], valid)):
        matches(part, torch.zeros(count, 1, 28, 28), atol=math.inf)
    for part, count in ((made[1], train), (made[3], valid)):
        matches(part, torch.zeros(count, dtype=torch.int64), atol=math.inf)
    for part, what in ((made[4], "mean"), (made[5], "std")):
        number(part, what)
    return made


def recognised(part: torch.Tensor, images: torch.Tensor) -> list[int]:
    """Require pictures that are some of `images`, each once and normalised in whatever way, and return which."""
    flat, given = (one.double().flatten(1) for one in (part, images))
    flat, given = (one - one.mean(1, keepdim=True) for one in (flat, given))
    flat, given = (one / one.norm(dim=1, keepdim=True).clamp(min=1e-9) for one in (flat, given))
    alike = flat @ given.T
    place = alike.argmax(1).tolist()
    require(bool((alike.amax(1) > 0.99).all()), "The pictures are not those that were given.")
    require(len(set(place)) == len(place), "A picture comes twice in the same set.")
    return place


@check("prepare", hint="One order for images and labels; cut it in two.", see="cell:prepare_seen")
def test_prepare_splits(student, rng):
    """Each digit is in exactly one of the two sets, with its own label; the counts are as asked."""
    count = int(rng.integers(60, 80))
    images, labels = some_digits(rng, count)
    for share in (0.25, 0.1):
        held = round(share * count)
        train, train_labels, valid, valid_labels, *_ = shaped(
            student.prepare(images, labels, share, int(rng.integers(1000))), count - held, held
        )
        place = [*recognised(train, images), *recognised(valid, images)]
        require(sorted(place) == list(range(count)), "Not every digit is in exactly one of the two sets.")
        require(
            torch.equal(torch.cat([train_labels, valid_labels]), labels[place]),
            "Labels do not belong to their pictures.",
        )


@check(
    "prepare",
    hint="First split, then the mean and std of the training part alone.",
    see="slide:normalise-with-the-training-set",
)
def test_prepare_statistics(student, rng):
    """Mean and std are the training pixels' own, and both sets are normalised by them."""
    images, labels = some_digits(rng, 40)
    train, _, valid, _, mean, std = shaped(student.prepare(images, labels, 0.5, int(rng.integers(1000))), 20, 20)
    seen, held = images[recognised(train, images)], images[recognised(valid, images)]
    source = seen.double() / 255
    require(abs(mean - source.mean().item()) < 1e-5, "`mean` is not the mean of the training pixels divided by 255.")
    require(abs(std - source.std().item()) < 1e-4, "`std` is not the spread of the training pixels divided by 255.")
    for part, given, what in (
        (train, seen, "The training pictures, divided by 255, are not normalised by `mean` and `std`."),
        (valid, held, "The validation pictures are not normalised by the training set's numbers."),
    ):
        require(torch.allclose(part[:, 0], (given / 255 - mean) / std, rtol=0.0, atol=1e-3), what)


@check(
    "prepare",
    weight=0.5,
    hint="A generator of its own: `torch.Generator().manual_seed(seed)`.",
    see="cell:prepare_seen",
)
def test_prepare_is_seeded(student, rng):
    """The same seed gives the same split, another seed another, and it is no longer in order."""
    images, labels = some_digits(rng, 50)
    seed = int(rng.integers(1000))
    one, again, other = (six(student.prepare(images, labels, 0.5, s)) for s in (seed, seed, seed + 1))
    matches([one[2], again[2], other[2]], [torch.zeros(25, 1, 28, 28)] * 3, atol=math.inf)
    matches(again[2], one[2])
    first = [sorted(recognised(made[2], images)) for made in (one, other)]
    require(first[0] != first[1], "Another seed gives the same split.")
    require(all(f not in (list(range(25)), list(range(25, 50))) for f in first), "The digits are not drawn at random.")
    images, labels = some_digits(rng, 300)
    for one in (seed, seed + 1):
        held = six(student.prepare(images, labels, 0.1, one))[2]
        matches(held, torch.zeros(30, 1, 28, 28), atol=math.inf)
        rule = "The digits are not drawn at random: neighbours stay together."
        drawn(sorted(recognised(held, images)), 300, rule)


@check(
    "prepare", weight=0.5, hint="`round(share * N)` may be 0, and `order[-0:]` is everything.", see="cell:prepare_seen"
)
def test_prepare_without_validation(student, rng):
    """A share of 0 leaves an empty validation set, one of 0.05 of 12 digits a single one."""
    images, labels = some_digits(rng, 12)
    all_of_them = shaped(student.prepare(images, labels, 0.0, 3), 12, 0)
    most, _, single, *_ = shaped(student.prepare(images, labels, 0.05, 3), 11, 1)
    recognised(all_of_them[0], images)
    recognised(torch.cat([most, single]), images)


# ------------------------------------------------------------------------------------------------------ batches


def examples(rng: np.random.Generator, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return small pictures that are all different, and labels."""
    return floats(rng, count, 1, 3, 2, dtype=torch.float32), classes(rng, count, 10)


def handed(epochs: Any) -> Any:
    """Return what a probe noted of batches, epoch by epoch, which must be pairs."""
    lists = isinstance(epochs, list) and all(isinstance(epoch, list) for epoch in epochs)
    require(
        lists and all(isinstance(batch, list) and len(batch) == 2 for epoch in epochs for batch in epoch),
        "The batches do not come as pairs `(images, labels)`, one after another: `yield` hands out each of them.",
        rule="type",
    )
    return epochs


def stacked(epochs: Any, count: int) -> list[Any]:
    """Return epochs of batches, each batch a tensor of pictures and one of labels."""
    require(len(handed(epochs)) == count, "No batches came.", rule="shape")
    for batch in (batch for epoch in epochs for batch in epoch):
        for part, what, rank in zip(batch, ("pictures", "labels"), (4, 1), strict=True):
            whole = isinstance(part, torch.Tensor) and part.ndim == rank
            require(
                whole, f"The {what} of a batch are no tensor of rank {rank}: glue the examples together.", rule="type"
            )
        matches(batch[0], torch.zeros(len(batch[1]), 1, 3, 2), atol=math.inf)
        matches(batch[1], torch.zeros(len(batch[1]), dtype=torch.int64), atol=math.inf)
    return list(epochs)


def places(epoch: list[Any], images: torch.Tensor) -> torch.Tensor:
    """Return which of `images` come in an epoch, each of which must be one of them."""
    require(epoch, "No batches came.", rule="shape")
    got = torch.cat([batch[0] for batch in epoch])
    # each is compared with all that were given
    require(len(got) <= 100 * len(images), "Many times more pictures come than were given.", rule="shape")
    place = (got[:, None] - images[None]).abs().flatten(2).sum(2).argmin(1)
    require(torch.equal(got, images[place]), "The pictures are not those that were given.")
    return place


@check("batches", hint="`range(0, n, batch_size)`; a slice may go beyond the end.", see="slide:dataset-and-dataloader")
def test_batches_in_order(student, rng):
    """Without a generator all examples come in order, the last batch shorter."""
    for count, size in ((int(rng.integers(11, 15)), 4), (6, 3), (2, 5)):
        images, labels = examples(rng, count)
        made = stacked(student.probe("in_batches", images, labels, size, None, 1)[0], 1)
        want = [[a, b] for a, b in zip(images.split(size), labels.split(size), strict=True)]
        matches(made[0], want)


@check("batches", weight=1.5, hint="`torch.randperm(n, generator=generator)`.", see="slide:dataset-and-dataloader")
def test_batches_shuffled(student, rng):
    """With a generator each example comes once, in another order each epoch, and its label with it."""
    images, labels = examples(rng, 23)
    seed = int(rng.integers(1000))
    made = stacked(student.probe("in_batches", images, labels, 5, seed, 2)[0], 2)
    orders = []
    for epoch in made:
        require(
            [len(batch[1]) for batch in epoch] == [5, 5, 5, 5, 3],
            "With a generator the batches have other sizes: the last one is what is left.", rule="shape",
        )  # fmt: skip
        place = places(epoch, images)
        require(len(set(place.tolist())) == 23, "Not every example comes exactly once.")
        require(torch.equal(torch.cat([b[1] for b in epoch]), labels[place]), "Labels do not belong to their pictures.")
        orders.append(place.tolist())
    require(orders[0] != list(range(23)), "With a generator the order is still the dataset's.")
    for order in orders:
        drawn(order, 23, "With a generator the order is not random: most examples still follow their neighbour.")
    require(orders[0] != orders[1], "The second epoch has the order of the first: draw it from the generator anew.")


@check("batches", weight=0.5, hint="Draw from the generator that is given, and from no other.", see="cell:batches_seen")
def test_batches_are_seeded(student, rng):
    """Generators with the same seed give the same batches, and another seed others."""
    images, labels = examples(rng, 23)
    seed = int(rng.integers(1000))
    seeds = (seed, seed, seed + 1)
    made = [stacked(student.probe("in_batches", images, labels, 6, s, 1)[0], 1) for s in seeds]
    one, again, other = (places(epoch, images).tolist() for (epoch,) in made)
    require(one == again, "Generators with the same seed give other batches.")
    require(one[:6] != other[:6], "Another seed gives the same batches.")


@check(
    "batches",
    weight=0.5,
    claim=True,
    hint="Take the examples inside the loop, behind the last `yield`.",
    see="cell:yield_seen",
)
def test_batches_are_lazy(student, rng):
    """Only the examples of the first batch are taken for the first batch, with a generator too."""
    images, labels = examples(rng, 20)
    for seed in (None, int(rng.integers(1000))):
        batch, taken = student.probe("first_batch", images, labels, 6, seed)
        (epoch,) = stacked([[batch]], 1)
        matches(epoch, [[images[:6], labels[:6]]], atol=0.0 if seed is None else math.inf)
        first = len(set(noted(taken, int))) == 6
        require(first, "More examples than the first batch's are taken before it comes.", rule="side effect")


@check(
    "batches",
    weight=0.5,
    hint="No places: `range(0, 0, 4)` has no step, but `.split(4)` gives one empty piece.",
    see="cell:batches_seen",
)
def test_batches_of_nothing(student, rng):
    """An empty dataset yields nothing, one example a batch of one."""
    images, labels = examples(rng, 1)
    matches(handed(student.probe("in_batches", images[:0], labels[:0], 4, None, 1)[0]), [[]])
    matches(handed(student.probe("in_batches", images[:0], labels[:0], 4, 3, 1)[0]), [[]])
    matches(handed(student.probe("in_batches", images, labels, 4, 3, 1)[0]), [[[images, labels]]])


@check(
    "batches",
    claim=True,
    hint="An order, `dataset[place]` and `torch.stack` do it.",
    see="slide:dataset-and-dataloader",
)
def test_batches_by_hand(student, rng):
    """The batches are cut and glued by your own code, without PyTorch's DataLoader and its samplers."""
    count = int(rng.integers(11, 15))
    images, labels = examples(rng, count)
    made = stacked(student.probe("in_batches", images, labels, 4, None, 1)[0], 1)
    places(made[0], images)
    uses_none(student, "batches", LOADS, "PyTorch's DataLoader cuts the batches here: the text asks for your own code.")


# -------------------------------------------------------------------------------------------------- train_epoch


def batch_list(rng: np.random.Generator, counts: tuple[int, ...], width: int, of: int) -> list[tuple[Any, Any]]:
    """Return batches of float32 rows and labels."""
    return [(floats(rng, n, width, dtype=torch.float32), classes(rng, n, of)) for n in counts]


def trained_linear(
    weight: torch.Tensor, bias: torch.Tensor, batches: list[tuple[Any, Any]], rates: list[float]
) -> tuple[list[float], torch.Tensor, torch.Tensor]:
    """Return losses, weight and bias of a linear model trained by formulas, without autograd."""
    w, b = weight.double(), bias.double()
    speed_w, speed_b, losses = torch.zeros_like(w), torch.zeros_like(b), []
    for rate in rates:
        total = count = 0.0
        for x, labels in batches:
            logits = x.double() @ w.T + b
            error = torch.softmax(logits, 1) - nn.functional.one_hot(labels, len(b))
            total += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            count += len(labels)
            speed_w = 0.5 * speed_w + error.T @ x.double() / len(labels)
            speed_b = 0.5 * speed_b + error.mean(0)
            w, b = w - rate * speed_w, b - rate * speed_b
        losses.append(total / count)
    return losses, w.float(), b.float()


def plain_training(
    student: Any, rng: np.random.Generator, how: str, epochs: int = 2, rates: list[float] | None = None
) -> tuple[Any, Any]:
    """Return what train_epoch did with a linear model, and what it should have done."""
    batches = batch_list(rng, (6, 6, 2), 4, 3)
    weight, bias = floats(rng, 3, 4, dtype=torch.float32), floats(rng, 3, dtype=torch.float32)
    rates = rates or [float(r) for r in rng.uniform(0.1, 0.4, epochs)]
    return student.probe("epochs", weight, bias, batches, rates, how), trained_linear(weight, bias, batches, rates)


@check(
    "train_epoch",
    weight=2,
    hint="zero_grad, loss, backward, step: once for each batch.",
    see="slide:the-loop-four-lines",
)
def test_training_moves_the_weights(student, rng):
    """After two epochs the weights are those that four steps a batch give."""
    (_, weight, bias, *_), (_, want_weight, want_bias) = plain_training(student, rng, "plain")
    near(weight, want_weight, WEIGHTS, rtol=1e-3, atol=1e-5)
    near(bias, want_bias, WEIGHTS, rtol=1e-3, atol=1e-5)


@check("train_epoch", hint="`zero_grad` before `backward`, for every batch.", see="cell:zero_seen")
def test_training_forgets_old_gradients(student, rng):
    """Gradients that are there when the epoch begins do not enter its first step."""
    (_, weight, bias, *_), (_, want_weight, want_bias) = plain_training(student, rng, "noise", 1)
    near(weight, want_weight, WEIGHTS, rtol=1e-3, atol=1e-5)
    near(bias, want_bias, WEIGHTS, rtol=1e-3, atol=1e-5)


@check("train_epoch", hint="Each batch's loss weighs as many examples as it has.", see="slide:what-is-the-mean-loss")
def test_training_loss_counts_examples(student, rng):
    """The loss is the mean of the examples, the short last batch counted as what it is."""
    (losses, *_), (want, *_) = plain_training(student, rng, "plain", rates=[0.0, 0.0])  # whatever its steps are
    require(same_losses(losses, want), "The loss is not the mean over the examples.")
    (losses, *weights), (want, *right) = plain_training(student, rng, "plain")
    if steps_are_right(weights[:2], right):
        require(same_losses(losses, want), "The loss is not that of each batch before its step.")


def same_losses(losses: Any, want: list[float]) -> bool:
    """Return whether the answers of all epochs, which must be floats, are these losses."""
    require(
        isinstance(losses, list) and all(loss is not None for loss in losses),
        "The answer is None. Is a `return` missing?",
        rule="defined",
    )
    means = [number(loss, "The loss") for loss in losses]
    return len(means) == len(want) and all(math.isclose(a, b, rel_tol=1e-4) for a, b in zip(means, want, strict=True))


def steps_are_right(made: Any, want: tuple[torch.Tensor, torch.Tensor]) -> bool:
    """Return whether weight and bias, which must be tensors like these, are what training should make of them."""
    made = list(made)
    matches(made, list(want), atol=math.inf)
    return all(torch.allclose(a, b, rtol=1e-3, atol=1e-5) for a, b in zip(made, want, strict=True))


@check("train_epoch", weight=0.75, hint="`model.train()` at the beginning.", see="slide:the-loop-four-lines")
def test_training_in_training_mode(student, rng):
    """The model is in training mode, and Dropout works: two layers of chance leave other weights than none."""
    batches = batch_list(rng, (6, 6, 2), 4, 3)
    weight, bias = floats(rng, 3, 4, dtype=torch.float32), floats(rng, 3, dtype=torch.float32)
    made = student.probe("epochs", weight, bias, batches, [0.2, 0.2], "dropout")
    torch.manual_seed(1)
    want = expected_with_dropout(weight, bias, batches, [0.2, 0.2])
    near(made[1], want, WEIGHTS, rtol=1e-3, atol=1e-5)


def expected_with_dropout(weight: torch.Tensor, bias: torch.Tensor, batches: list, rates: list[float]) -> torch.Tensor:
    """Return the weight after training a linear layer behind BatchNorm and Dropout, in training mode."""
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    model = nn.Sequential(nn.BatchNorm1d(weight.shape[1], affine=False), nn.Dropout(0.5), layer)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=rates[0], momentum=0.5)
    for _ in rates:
        for x, labels in batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), labels).backward()
            optimizer.step()
    return layer.weight.detach()


def moved(student: Any, rng: np.random.Generator) -> Any:
    """Return what an epoch did with a linear model, whose weights must be others than before."""
    batches = batch_list(rng, (6, 6, 2), 4, 3)
    weight, bias = floats(rng, 3, 4, dtype=torch.float32), floats(rng, 3, dtype=torch.float32)
    made = student.probe("epochs", weight, bias, batches, [0.2], "plain")
    matches(made[1], weight, atol=math.inf)
    require(not torch.equal(made[1], weight), "The weights are still what they were.")
    return made


@check(
    "train_epoch",
    weight=0.5,
    claim=True,
    hint="One forward pass a batch, each batch once.",
    see="slide:the-loop-four-lines",
)
def test_training_sees_each_batch_once(student, rng):
    """The loader is gone through once an epoch, and the model sees each batch once, also the last short one."""
    made = moved(student, rng)
    require(noted(made[4], int) == [6, 6, 2], "The model does not see each batch of an epoch exactly once.")
    require(noted([made[5]], int) == [1], "The loader is not gone through exactly once an epoch.")


@check("train_epoch", hint="First overfit one batch: if that fails, the loop is broken.", see="cell:one_batch")
def test_training_overfits_one_batch(student, rng):
    """Sixteen pictures of noise with labels by chance are learned by heart: 100 %."""
    images, labels = floats(rng, 16, 1, 6, 6, dtype=torch.float32), classes(rng, 16, 10)
    made, losses = student.probe("one_batch", images, labels, 60)
    matches(made, [torch.zeros(shape) for shape in ((64, 36), (64,), (10, 64), (10,))], atol=math.inf)
    logits = logits_of(images.flatten(1), made[::2], made[1::2])  # here: the worker has seen the labels
    require(bool((logits.argmax(1) == labels).all()), "After 60 epochs on one batch of 16 it is not learned by heart.")
    require(len(losses) == 60, "No losses came.", rule="shape")
    first = number(losses[0], "The loss")
    require(abs(first - LN10) < 0.6, "The first loss of a fresh network is not near log 10 = 2.303.")


@check("train_epoch", weight=0.5, hint="No chance of your own: seeds belong to whoever calls.", see="cell:one_batch")
def test_training_is_repeatable(student, rng):
    """The same seed gives the same run, bit for bit; Dropout included."""
    batches = batch_list(rng, (5, 3), 4, 3)
    start = (floats(rng, 3, 4, dtype=torch.float32), floats(rng, 3, dtype=torch.float32))
    one, again = (student.probe("epochs", *start, batches, [0.1, 0.1], "dropout") for _ in range(2))
    matches([one[1], again[1]], [start[0]] * 2, atol=math.inf)
    matches(again[1], one[1])
    require(not torch.equal(one[1], start[0]), "The weights are still what they were.")


def goes_down(student: Any, rng: np.random.Generator) -> None:
    """Require a loop that learns something: only then does a trained network show what it can do."""
    batches = batch_list(rng, (20, 20), 4, 3)
    weight, bias = floats(rng, 3, 4, dtype=torch.float32), floats(rng, 3, dtype=torch.float32)
    _, *made = student.probe("epochs", weight, bias, batches, [0.05] * 4, "plain")
    matches(made[:2], [weight, bias], atol=math.inf)
    x, labels = torch.cat([b[0] for b in batches]), torch.cat([b[1] for b in batches])
    before, after = (nn.functional.cross_entropy(logits_of(x, [w], [b]), labels) for w, b in ((weight, bias), made[:2]))
    require(bool(after < before), "Four epochs of your loop on a small model do not make its loss smaller.")


def unseen(rng: np.random.Generator, digits: str) -> tuple[torch.Tensor, np.ndarray]:
    """Return digits that nobody has seen, and what they show: drawn anew, or real held-out ones moved a little."""
    from coursedata.digits import alter_digits, draw_digits

    seed = int.from_bytes(rng.bytes(24), "big")
    if digits == "synthetic":
        images, labels = draw_digits(HIDDEN, seed=seed)
        return torch.from_numpy(images), labels
    import coursedata

    folder = coursedata.fetch_mnist()
    pictures = np.fromfile(folder / "t10k-images-idx3-ubyte", dtype=np.uint8, offset=16).reshape(-1, 28, 28)
    labels = np.fromfile(folder / "t10k-labels-idx1-ubyte", dtype=np.uint8, offset=8)
    chosen = rng.permutation(len(labels))[:HIDDEN]
    return torch.from_numpy(alter_digits(pictures[chosen], seed=seed)), labels[chosen]


def accuracy(student: Any, name: str, images: torch.Tensor, labels: np.ndarray) -> float:
    """Return the share of hidden digits that a trained network reads rightly."""
    read = student.probe("read", name, images)
    matches(read, torch.zeros(len(labels), dtype=torch.int64), atol=math.inf)
    return float((read.numpy() == labels).mean())


@check(
    "train_epoch",
    hint="If one batch can be overfitted, look at the order of the four lines again.",
    see="slide:the-ladder",
)
def test_trained_mlp_reads(student, reference, rng, threshold):
    """The MLP, trained by your loop, reads digits that nobody has seen."""
    goes_down(student, rng)
    images, labels = unseen(rng, reference.DIGITS)
    share = accuracy(student, "MLP", images, labels)
    if share < 0.92:  # a `fit` or `evaluate` that is still wrong may have put another epoch back
        share = max(share, accuracy(student, "plain MLP", images, labels))
    threshold("mlp", share)


# ----------------------------------------------------------------------------------------------------- evaluate


def evaluated(
    student: Any, rng: np.random.Generator, how: str, counts: tuple[int, ...] = (7, 7, 2)
) -> tuple[Any, float, float]:
    """Return what evaluate said and did, and the loss and accuracy that are right; `how` as the probe has it."""
    batches = batch_list(rng, counts, 4, 3)
    batches[-1] = (10 * batches[-1][0], batches[-1][1])
    weight, bias = floats(rng, 3, 4, dtype=torch.float32), floats(rng, 3, dtype=torch.float32)
    x, labels = torch.cat([b[0] for b in batches]), torch.cat([b[1] for b in batches])
    logits = (x if how == "plain" else (x - 0.25) / math.sqrt(1 + 1e-5)) @ weight.T + bias
    want = nn.functional.cross_entropy(logits, labels).item()
    right = (logits.argmax(1) == labels).float().mean().item()
    return student.probe("measured", weight, bias, batches, how), want, right


def pair(said: Any, loss: float, right: float) -> tuple[float, float]:
    """Return the two floats that evaluate must return, where they are not the right ones in the other order."""
    require(isinstance(said, list) and len(said) == 2, "The answer is not two values, loss and accuracy.", rule="type")
    first, second = number(said[0], "The loss"), number(said[1], "The accuracy")
    turned = math.isclose(first, right, abs_tol=1e-6) and math.isclose(second, loss, rel_tol=1e-4)
    require(not turned, "The two values are in the other order: first the loss, then the accuracy.")
    return first, second


@check("evaluate", weight=1.5, hint="Count examples, not batches.", see="cell:mean_of_means")
def test_evaluation_counts_examples(student, rng):
    """Loss and accuracy are means over the examples: a short last batch weighs what it is."""
    for _ in range(2):
        made, loss, right = evaluated(student, rng, "plain")
        said = pair(made[0], loss, right)
        require(abs(said[0] - loss) < 1e-4 * max(1.0, loss), "The loss is not the mean over the examples.")
        require(abs(said[1] - right) < 1e-6, "The accuracy is not the share of examples that are right.")


@check(
    "evaluate",
    hint="`model.eval()` holds the statistics of BatchNorm still, and switches Dropout off.",
    see="slide:evaluate",
)
def test_evaluation_changes_nothing(student, rng):
    """No weight, no statistic of a layer and no gradient is changed, nothing frozen; the loss is right with Dropout."""
    for mode in ("train", "eval"):
        made, loss, right = evaluated(student, rng, mode, (7, 7))
        require(
            abs(pair(made[0], loss, right)[0] - loss) < 1e-4 * max(1.0, loss),
            "The loss is not that of the model in eval().",
        )
        require(
            noted([made[1]], int) == [0],
            "A weight or a statistic of a layer is changed by the evaluation.",
            rule="side effect",
        )
        require(made[2] is False, "A gradient is changed by the evaluation.", rule="side effect")
        require(
            made[6] is False, "Parameters are frozen: afterwards they no longer require gradients.", rule="side effect"
        )


@check(
    "evaluate",
    weight=0.5,
    claim=True,
    hint="`with torch.no_grad():` around the loop, `model.eval()` before it.",
    see="slide:evaluate",
)
def test_evaluation_records_nothing(student, rng):
    """The model is in eval(), nothing is recorded for gradients, and the loader is gone through once."""
    made, *want = evaluated(student, rng, "train")
    pair(made[0], *want)
    modes, recorded = noted(made[3], bool), noted(made[4], bool)
    require(len(modes) == 3, "The model does not see each batch exactly once.", rule="side effect")
    require(modes == [False] * 3, "The model is not in eval() for each batch.", rule="side effect")
    require(recorded == [False] * 3, "Gradients are recorded: `torch.no_grad()` is missing.", rule="side effect")
    require(noted([made[5]], int) == [1], "The loader is not gone through exactly once.", rule="side effect")


@check("evaluate", weight=0.5, hint="One batch, one example: nothing is special about them.", see="cell:evaluate_seen")
def test_evaluation_of_one(student, rng):
    """A single example gives an accuracy of 0 or 1, as a float."""
    weight = torch.eye(3, 4)
    for right in (1.0, 0.0):
        label = int(rng.integers(3))
        x = torch.full((1, 4), 0.25)
        x[0, label if right else (label + 1) % 3] = 5.0
        loss = nn.functional.cross_entropy(x @ weight.T, torch.tensor([label])).item()
        made = student.probe("measured", weight, torch.zeros(3), [(x, torch.tensor([label]))], "plain")
        require(pair(made[0], loss, right)[1] == right, "The accuracy of a single example is not right.")


# ---------------------------------------------------------------------------------------------------------- fit


def stopped(valid: list[float], epochs: int, patience: int) -> tuple[int, int]:
    """Return how many epochs are done, and which is best (0 for none)."""
    best, place = math.inf, 0
    for number, loss in enumerate(valid[:epochs], 1):
        if loss < best:
            best, place = loss, number
        if number - place >= patience:
            return number, place
    return epochs, place


def fitted(student: Any, valid: list[float], epochs: int, patience: int) -> tuple[Any, int, int]:
    """Return what fit did with these validation losses, and what it should have done."""
    made = student.probe("early", valid, epochs, patience)
    require(
        isinstance(made[0], list),
        "The answer is not the history alone, a list of tuples `(training loss, validation loss)`.",
        rule="type",
    )
    require(len(noted(made[1], float)) == 7, "The model has other weights than it had.", rule="shape")
    return made, *stopped(valid, epochs, patience)


def noisy(rng: np.random.Generator, count: int) -> list[float]:
    """Return losses that fall, and then rise, with noise."""
    way = np.abs(np.arange(count) - rng.integers(2, 5)) * 0.1 + rng.uniform(0, 0.15, count)
    return [float(loss) for loss in np.round(way, 3)]


@check(
    "fit",
    weight=1.5,
    hint="`copy.deepcopy(model.state_dict())`: the dict alone is another name, and parameters alone are not all of it.",
    see="cell:alias_seen",
)
def test_fit_puts_the_best_back(student, rng):
    """Afterwards the model has the weights, and all statistics, of the epoch with the smallest validation loss."""
    for _ in range(4):
        made, _, best = fitted(student, noisy(rng, 12), 12, 4)
        require(made[1] == [float(best)] * len(made[1]), "The model does not have the weights of its best epoch.")
    made, _, best = fitted(student, [0.9, 0.3, 0.8, 0.7, 0.6], 5, 4)
    require(made[1] == [float(best)] * len(made[1]), "The model does not have the weights of its best epoch.")


@check(
    "fit",
    hint="Count the epochs since the best one; begin again at 0 when there is a better one.",
    see="slide:stop-at-the-best-epoch",
)
def test_fit_stops(student, rng):
    """It stops after `patience` epochs in a row that were not better, or after `epochs`."""
    for patience in (1, 2, 3):
        valid = noisy(rng, 15)
        made, done, _ = fitted(student, valid, 15, patience)
        require(len(made[0]) == done, "The number of epochs done is not right for this patience.")
    made, *_ = fitted(student, [9.0, 8.0, 7.0, 6.0, 5.0, 4.0], 4, 1)
    require(len(made[0]) == 4, "While it gets better, all `epochs` epochs are done, and no more.")
    made, done, _ = fitted(student, [0.9, 0.3, 0.8, 0.7, 0.6, 0.5, 0.4], 7, 3)
    require(len(made[0]) == done, "Better means better than the best epoch so far, not than the one before.")
    zigzag = [0.9, 1.0, 0.8, 1.0, 0.7, 1.0, 0.6, 1.0, 1.0]
    made, done, _ = fitted(student, zigzag, 9, 2)
    require(len(made[0]) == done, "Epochs that were not better count in a row: a better one begins the count anew.")


@check("fit", hint="A tuple (train(), valid()) for each epoch, in this order.", see="cell:train_mlp")
def test_fit_history(student, rng):
    """The history has a row for each epoch, and train() comes before valid(), once each."""
    valid = noisy(rng, 6)
    made, done, _ = fitted(student, valid, 6, 3)
    require(made[0], "The history is empty.", rule="shape")
    matches(made[0], [[float(number), loss] for number, loss in enumerate(valid[:done], 1)])
    require(
        noted(made[2], str) == ["train", "valid"] * done, "Each epoch must call train() once and then valid() once."
    )


@check(
    "fit",
    weight=0.5,
    hint="Smaller, not smaller or equal; and a copy of the weights before the first epoch.",
    see="cell:alias_seen",
)
def test_fit_on_ties(student, rng):
    """An equal loss is not better; with no epoch, or no loss below infinity, the model keeps what it came with."""
    low = float(rng.uniform(0.1, 0.5))
    made, done, _ = fitted(student, [0.9, low, low, 0.8, 0.7, 0.05], 6, 3)
    equal = [3.0] * len(made[1])  # not the best epoch's: who kept an alias is told so elsewhere
    require(len(made[0]) == done and made[1] != equal, "An equal validation loss is taken for a better one.")
    made, *_ = fitted(student, [], 0, 2)
    require(not made[0] and set(made[1]) == {0.0}, "With no epoch at all, something is done.")
    for none in (math.inf, math.nan):
        made, *_ = fitted(student, [none] * 6, 6, 3)
        require(len(made[0]) == 3, f"Where every validation loss is {none}, it stops after `patience` epochs.")
        require(set(made[1]) == {0.0}, f"Where every validation loss is {none}, the model keeps what it came with.")


# ----------------------------------------------------------------------------------------------------- make_cnn


def pictures(rng: np.random.Generator, count: int) -> torch.Tensor:
    """Return normalised pictures of digits."""
    from coursedata.digits import draw_digits

    images, _ = draw_digits(count, seed=int.from_bytes(rng.bytes(24), "big"))
    scaled = torch.from_numpy(images).float()[:, None] / 255
    return (scaled - scaled.mean()) / scaled.std()


def looks(student: Any, rng: np.random.Generator) -> None:
    """Require a network that can learn to tell pictures apart, asked for each of them twice and in any order."""
    images, twice = pictures(rng, 8), torch.from_numpy(rng.permutation(16) % 8)
    logits = student.probe("by_heart", images, torch.arange(8), 20, images[twice])
    matches(logits, torch.zeros(16, 10), atol=math.inf)
    require(bool((logits - logits[:1]).any()), "The logits do not depend on the pictures, even after some steps.")
    one, again = logits[twice.argsort(stable=True)].reshape(8, 2, 10).unbind(1)
    require(torch.allclose(one, again, rtol=1e-3, atol=1e-4), "The same picture twice in a batch gets other logits.")


@check("make_cnn", hint="Flatten, and a last linear layer of ten.", see="slide:a-cnn-with-its-shapes")
def test_cnn_shapes(student, rng):
    """Pictures (N, 1, 28, 28) become logits (N, 10), for one picture too."""
    images = pictures(rng, 5)
    logits, alone, *_ = student.probe("fresh", images)
    matches(logits, torch.zeros(5, 10), atol=math.inf)
    matches(alone, logits[:1], rtol=1e-3, atol=1e-4)
    looks(student, rng)


@check(
    "make_cnn",
    claim=True,
    hint="`sum(p.numel() for p in model.parameters())`; where are most of them?",
    see="slide:how-many-parameters-does-this-layer-have",
)
def test_cnn_size(student, rng):
    """It has at least two convolutions and at most 60,000 parameters; each call makes weights of its own."""
    _, _, count, convolutions, shared = student.probe("fresh", pictures(rng, 2))
    require(type(count) is int and count <= 60_000, "The network has more than 60,000 parameters.")
    require(type(convolutions) is int and convolutions >= 2, "The network has fewer than two `nn.Conv2d` layers.")
    require(shared is False, "Two calls give networks that share their weights.", rule="side effect")
    looks(student, rng)


@check(
    "make_cnn",
    hint="No softmax and no scaling at the end: logits of a fresh network are near 0.",
    see="slide:the-loss-starts-at-97",
)
def test_cnn_starts_at_log_ten(student, rng):
    """A fresh network's loss is near log 10, and its logits are no probabilities."""
    logits, *_ = student.probe("fresh", pictures(rng, 60))
    matches(logits, torch.zeros(60, 10), atol=math.inf)
    loss = nn.functional.cross_entropy(logits, classes(rng, 60, 10)).item()
    require(abs(loss - LN10) < 0.35, "The loss of a fresh network is not near log 10 = 2.303.")
    rows = logits.exp().sum(1)
    require(bool((rows - 1).abs().max() > 1e-3), "The rows are logarithms of probabilities: give logits.")
    require(bool((logits < 0).any()), "No logit of a fresh network is below 0: nothing comes behind the last layer.")
    looks(student, rng)


@check(
    "make_cnn",
    weight=2,
    hint="More channels, a second pooling, a hidden layer: change one thing at a time.",
    see="slide:the-ladder",
)
def test_trained_cnn_reads(student, reference, rng, threshold):
    """Your CNN, trained, reads digits that nobody has seen."""
    images, labels = unseen(rng, reference.DIGITS)
    share = accuracy(student, "CNN", images, labels)
    if share < 0.96:  # its own training may have been cut short by a loop that is still wrong
        share = max(share, accuracy(student, "plain CNN", images, labels))
    threshold("cnn", share)


# ----------------------------------------------------------------------------------------------------- sgd_step


def momentum_case(rng: np.random.Generator, count: int, steps: int) -> tuple[list, list, list]:
    """Return starts, zero velocities and gradients of some steps."""
    shapes = [tuple(sizes(rng, 2)) for _ in range(count)]
    starts = [floats(rng, *shape) for shape in shapes]
    return (
        starts,
        [torch.zeros_like(s) for s in starts],
        [[floats(rng, *shape) for shape in shapes] for _ in range(steps)],
    )


def torch_steps(starts: list, gradients: list, lr: float, momentum: float) -> list[torch.Tensor]:
    """Return the parameters after steps of torch.optim.SGD."""
    leaves = [start.clone().requires_grad_() for start in starts]
    optimizer = torch.optim.SGD(leaves, lr=lr, momentum=momentum)
    for row in gradients:
        for leaf, gradient in zip(leaves, row, strict=True):
            leaf.grad = None if gradient is None else gradient.clone()
        optimizer.step()
    return [leaf.detach() for leaf in leaves]


@check("sgd_step", weight=1.5, hint="First the velocity, then the parameter, both in place.", see="cell:sgd_step_seen")
def test_steps_equal_torch(student, rng):
    """Some steps give the parameters that torch.optim.SGD gives, in the tensors that were handed in."""
    starts, velocities, gradients = momentum_case(rng, 2, 3)
    lr, momentum = float(rng.uniform(0.05, 0.5)), float(rng.uniform(0.5, 0.95))
    made = student.probe("steps", starts, velocities, gradients, lr, momentum)
    want = torch_steps(starts, gradients, lr, momentum)
    near(made[0], want, "The parameters do not hold these numbers after three steps.", rtol=1e-9, atol=EXACT)


@check("sgd_step", hint="`velocity.mul_(…)` changes it; `velocity = …` makes another.", see="cell:sgd_step_seen")
def test_velocities_in_place(student, rng):
    """The caller's velocities hold the new velocities."""
    starts, velocities, gradients = momentum_case(rng, 2, 2)
    velocities = [floats(rng, *v.shape) for v in velocities]
    made = student.probe("steps", starts, velocities, gradients, 0.1, 0.7)
    want = [0.49 * v + 0.7 * g + h for v, g, h in zip(velocities, *gradients, strict=True)]
    near(made[1], want, "The velocities do not hold these numbers after two steps.", rtol=1e-9, atol=EXACT)


@check(
    "sgd_step", weight=0.5, hint="`if p.grad is None: continue`; gradients are zeroed elsewhere.", see="cell:zero_seen"
)
def test_steps_without_gradient(student, rng):
    """A parameter without gradient is left alone, with its velocity; gradients stay; parameters still require them."""
    starts, velocities, gradients = momentum_case(rng, 3, 1)
    velocities = [v + 1 for v in velocities]
    gradients[0][1] = None
    made = student.probe("steps", starts, velocities, gradients, 0.1, 0.5)
    matches(made[:2], [starts, velocities], atol=math.inf)
    near(made[0][1], starts[1], "The parameter without gradient has moved.", rtol=0.0, atol=0.0)
    near(made[1][1], velocities[1], "The velocity of the parameter without gradient has changed.", rtol=0.0, atol=0.0)
    want = starts[2] - 0.1 * (0.5 + gradients[0][2])
    near(made[0][2], want, "The parameters behind it have not moved as they should.", rtol=1e-9, atol=EXACT)
    require(made[2] is True, "The gradients are changed by the step.", rule="side effect")
    require(made[3] is True, "The parameters are no longer leaves that require gradients.", rule="side effect")


# ---------------------------------------------------------------------------------------------------- confusion


@check(
    "confusion",
    weight=2,
    hint="Rows are the truth, columns the guess; what never came is counted too.",
    see="slide:confusion-and-the-worst-mistakes",
)
def test_confusion_counts(student, rng):
    """Each pair is counted in its row and column; classes that never come have zeros."""
    for of in sizes(rng, 2, 3, 12):
        truth, guess = classes(rng, 60, of - 1), classes(rng, 60, of)
        want = torch.zeros(of, of, dtype=torch.int64)
        for t, g in zip(truth.tolist(), guess.tolist(), strict=True):
            want[t, g] += 1
        matches(student.confusion(truth, guess, of), want)


@check("confusion", weight=0.5, hint="`minlength` keeps what was never counted.", see="cell:confusion_seen")
def test_confusion_of_few(student, rng):
    """No example at all, and one alone, give a full matrix."""
    empty = torch.zeros(0, dtype=torch.int64)
    matches(student.confusion(empty, empty, 4), torch.zeros(4, 4, dtype=torch.int64))
    place = int(rng.integers(3))
    want = torch.zeros(4, 4, dtype=torch.int64)
    want[place, 1] = 1
    matches(student.confusion(torch.tensor([place]), torch.tensor([1]), 4), want)


@check(
    "confusion", weight=0.5, claim=True, hint="`torch.bincount` counts all pairs at once.", see="cell:confusion_seen"
)
def test_confusion_without_loop(student, rng):
    """There is no loop over examples, and nothing that was given is changed."""
    small, large = ((classes(rng, n, 5), classes(rng, n, 5), 5) for n in (30, 600))
    seen = student.observe("confusion", *small)
    matches(seen.value, torch.zeros(5, 5, dtype=torch.int64), atol=math.inf)
    pairs = np.bincount((small[0] * 5 + small[1]).numpy(), minlength=25)
    same = sorted(seen.value.flatten().tolist()) == sorted(pairs.tolist())
    require(same, "The counts are not those of the pairs, in whatever order.")
    unmodified(seen, *small)
    no_loop(student, "confusion", small=small, large=large)


# -------------------------------------------------------------------------------------------------------- worst


def whole(answer: Any) -> Any:
    """Return the answer, of which no item may be a loss."""
    items = answer if isinstance(answer, (list, tuple)) else []
    losses = any(isinstance(one, (float, np.floating)) for one in items)
    require(not losses, "The answer holds decimal numbers: the places of the examples are asked for.", rule="type")
    return answer


def mistakes(logits: torch.Tensor, labels: torch.Tensor) -> list[int]:
    """Return the places of wrong examples, worst first, by a loop."""
    found = []
    for place, (row, label) in enumerate(zip(logits.double(), labels.tolist(), strict=True)):
        if row.argmax().item() != label:
            found.append((-(torch.logsumexp(row, 0) - row[label]).item(), place))
    return [place for _, place in sorted(found)]


@check(
    "worst",
    weight=2,
    hint="Order by each example's own loss, keep those that are wrong, and of them the first `count`.",
    see="slide:confusion-and-the-worst-mistakes",
)
def test_worst_first(student, rng):
    """The wrong examples with the largest loss come first, as a list of ints."""
    for count in (3, 8):
        logits, labels = 4 * floats(rng, 50, 6, dtype=torch.float32), classes(rng, 50, 6)
        matches(whole(student.worst(logits, labels, count)), mistakes(logits, labels)[:count])


@check("worst", hint="Right is no mistake, however unsure; and `count` may be 0.", see="cell:worst_seen")
def test_worst_of_few(student, rng):
    """Fewer mistakes than asked for give fewer places; no mistake, or a count of 0, an empty list."""
    labels = classes(rng, 9, 5)
    logits = nn.functional.one_hot(labels, 5).float() * 0.01
    matches(student.worst(logits, labels, 4), [])
    logits[3, (labels[3] + 1) % 5] = 9.0
    matches(whole(student.worst(logits, labels, 4)), [3])
    matches(student.worst(logits, labels, 0), [])
