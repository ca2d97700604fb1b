"""Hidden checks of 04_classes: objects are made in the sandbox, their numbers are calculated again here by hand.

Every input comes from `rng`. What must be true of training is computed outside with a loop of our own, never asked for.
"""

from __future__ import annotations

import ast
import io
import itertools
import json
import logging
import math
import os
import pathlib
import pickle
import shutil
import tarfile
import zipfile
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from autograder.checks import check
from autograder.compare import matches, raises, require, same_files

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NEAR = {"rtol": 1e-4, "atol": 1e-6}
"""float32 sums in another order."""
SHARE = 1e-6
"""Relative: a share may have been calculated in float32."""


def words(rng: np.random.Generator, count: int) -> list[str]:
    """Return words of 4 to 8 letters."""
    return ["".join(rng.choice(list(LETTERS), int(rng.integers(4, 9)))) for _ in range(count)]


def normal(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    """Return float32 numbers."""
    return torch.from_numpy(rng.normal(0.0, 1.0, shape)).to(torch.float32)


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """Return a number from low to high, both possible."""
    return int(rng.integers(low, high + 1))


def means_and_counts(rng: np.random.Generator, count: int) -> list[list[Any]]:
    """Return batches, each a mean and a number of samples."""
    return [[float(rng.normal(2.0, 1.0)), whole(rng, 1, 40)] for _ in range(count)]


def mean_of(batches: list[list[Any]]) -> float:
    """Return the mean over samples."""
    return sum(mean * count for mean, count in batches) / sum(count for _, count in batches)


def raised(expected: type[BaseException], other: str, call: Any, *args: Any) -> Any:
    """Return the exception that a call raised: `expected`, and not at once the `other` that the text tells from it."""
    error = raises(expected, call, *args)
    require(other not in error.type_names, f"What was raised is {expected.__name__} and {other} at once.", rule="type")
    return error


def dictionary(value: Any, *keys: str, what: str) -> dict[str, Any]:
    """Return an answer that must be a dict with these keys, and may have more."""
    require(isinstance(value, dict) and set(keys) <= set(value), what, rule="type")
    return dict(value)


def flags(value: Any) -> list[bool]:
    """Return a list of truth values."""
    require(isinstance(value, list) and all(type(one) is bool for one in value), "Other notes came.", rule="type")
    return list(value)


def names_in(value: Any) -> list[str]:
    """Return a list of strings, sorted."""
    require(
        isinstance(value, list) and all(type(one) is str for one in value), "Names came that are none.", rule="type"
    )
    return sorted(value)


def depends(one: Any, again: Any, other: Any, of: str) -> None:
    """Require finite numbers that are the same for the same question and others for another."""
    matches(again, one)
    require(bool(one.isfinite().all()), "The answer holds NaN or infinity.", rule="finite")
    require(not torch.equal(one, other), f"The answer does not depend on {of}.")


def base_names(student: Any, name: str) -> list[str]:
    """Return the bases that the source of a class names."""
    facts = student.source(name)
    classes = [node for node in facts.nodes if isinstance(node, ast.ClassDef) and node.name == name]
    require(classes, f"The class `{name}` cannot be read: write it as a class in its own cell.", rule="source")
    return [base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in classes[0].bases]


def own_calls(student: Any, name: str) -> set[str]:
    """Return the last names of what the body of a class calls."""
    facts = student.source(name)
    found = set()
    for node in facts.nodes:
        if isinstance(node, ast.ClassDef) and node.name == name:
            calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
            found |= {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    return found


# -------------------------------------------------------------------------------------------------------- meter


def one_sample(student: Any, rng: np.random.Generator, name: str) -> Any:
    """Return a meter that has seen one sample and knows its value."""
    meter, value = student.make("Meter", name), float(rng.normal())
    meter.add(value)
    matches(meter.get("value"), value, rtol=1e-9)
    return meter


@check("meter", weight=2, hint="Weight each mean with its count.", see="cell:batch_means")
def test_meter_weights_batches(student, rng):
    """Batches of different sizes give the mean over samples; `count` is 1 where it is not given."""
    name = words(rng, 1)[0]
    meter, batches = student.make("Meter", name), means_and_counts(rng, 5)
    matches(meter.get("name"), name)
    for number, (mean, count) in enumerate(batches, 1):
        meter.add(mean, count)
        matches(meter.get("value"), mean_of(batches[:number]), rtol=1e-9)
    meter.add(7.5)
    matches(meter.get("value"), mean_of([*batches, [7.5, 1]]), rtol=1e-9)


@check("meter", hint="What an object remembers is made in `__init__`, as `self.…`.", see="cell:shared_seen")
def test_meters_share_nothing(student, rng):
    """Two meters that are fed in turn do not disturb each other, and count samples."""
    first, second = means_and_counts(rng, 4), means_and_counts(rng, 4)
    counts = [sum(count for _, count in one) for one in (first, second)]
    got = student.probe("meters", first, second)
    matches(got, [mean_of(first), counts[0], mean_of(second), counts[1]], rtol=1e-9)


@check("meter", hint="Count samples before you divide: their sum may be 0.", see="cell:meter_seen")
def test_empty_meter(student, rng):
    """The value of an empty meter raises ValueError, which names the meter; one that saw only 0, or 1 and -1, has 0."""
    name, other, *still = words(rng, 4)
    one_sample(student, rng, other)
    for called, means in zip(still, ([0.0], [1.0, -1.0]), strict=True):
        meter = student.make("Meter", called)
        for mean in means:
            meter.add(mean)
        matches(meter.get("value"), 0.0)
    meter = student.make("Meter", name)
    error = raises(ValueError, meter.get, "value")
    require(name in error.failure.detail, "The exception does not name the meter.")


@check("meter", weight=0.5, hint="`@property` above `def value(self)`.", see="cell:meter_seen")
def test_meter_value_cannot_be_written(student, rng):
    """Nobody can write to the value."""
    one_sample(student, rng, words(rng, 1)[0])
    raises(AttributeError, student.probe, "meter_written", words(rng, 1)[0], float(rng.normal()))


def texts(
    student: Any, rng: np.random.Generator, kinds: tuple[str, ...], batches: list[list[Any]] | None = None
) -> tuple[Any, list[str]]:
    """Return what meters of these classes say of themselves before and after each batch, and what they should say."""
    name, batches = words(rng, 1)[0], batches or means_and_counts(rng, 2)
    want = []
    for kind in kinds:
        want.append(f"{kind}('{name}', empty)")
        for number in (1, 2):
            seen = batches[:number]
            want.append(f"{kind}('{name}', {mean_of(seen):.4f} after {sum(count for _, count in seen)})")
    means, counts = zip(*batches, strict=True)
    return student.probe("meter_texts", name, list(means), list(counts), list(kinds)), want


@check("meter", weight=0.75, hint="`{self.name!r}`, `{…:.4f}`.", see="cell:meter_seen")
def test_meter_repr(student, rng):
    """The repr says class, name, value and samples, also where the value is 0, or that the meter is empty."""
    matches(*texts(student, rng, ("Meter",)))
    matches(*texts(student, rng, ("Meter",), [[1.0, 1], [-1.0, 1]]))


@check("meter", weight=0.25, hint="`type(self).__name__`.", see="cell:meter_seen")
def test_meter_repr_of_a_subclass(student, rng):
    """In the repr of a subclass `Loud` stands `Loud`."""
    matches(*texts(student, rng, ("Loud", "Meter")))


@check("meter", weight=0.5, hint="Make a meter, `add` each value, return the meter.", see="cell:meter_seen")
def test_meter_of_values(student, rng):
    """`of` gives a meter that has seen each value once."""
    name, values = words(rng, 1)[0], rng.normal(0.0, 1.0, whole(rng, 3, 6)).tolist()
    got = student.probe("meter_of", "Meter", name, values, 1)
    matches(got, ["Meter", name, math.fsum(values) / len(values), len(values)], rtol=1e-9)


@check("meter", weight=0.5, hint="Make the object by `cls(…)`, and feed it by `add`.", see="cell:meter_seen")
def test_meter_of_a_subclass(student, rng):
    """`of`, called on a subclass, gives an object of the subclass, fed by the subclass's `add`."""
    name, values, factor = words(rng, 1)[0], rng.normal(0.0, 1.0, whole(rng, 3, 6)).tolist(), whole(rng, 2, 9)
    got = student.probe("meter_of", "Scaled", name, values, factor)
    matches(got, ["Scaled", name, factor * math.fsum(values) / len(values), len(values)], rtol=1e-9)


@check("meter", weight=0.5, claim=True, hint="`@property` and `@classmethod`.", see="cell:meter_seen")
def test_meter_fact_sheet(student, rng):
    """`value` is a property and `of` a classmethod, in the source as well."""
    name, value = words(rng, 1)[0], float(rng.normal())
    matches(student.probe("meter_of", "Meter", name, [value], 1)[2], value, rtol=1e-9)
    facts = {kind: names_in(found) for kind, found in student.probe("fact_sheet", "Meter").items()}
    said = student.source("Meter").names
    require("value" in facts["properties"] and "property" in said, "`value` is no property.", rule="source")
    require("of" in facts["classmethods"] and "classmethod" in said, "`of` is no classmethod.", rule="source")


# ------------------------------------------------------------------------------------------------------- recipe


def settings(rng: np.random.Generator) -> list[Any]:
    """Return a name, epochs, a rate and sizes."""
    return [words(rng, 1)[0], whole(rng, 4, 90), whole(rng, 2, 99) / 128, [whole(rng, 2, 99) for _ in range(3)]]


@check("recipe", hint="`name: type = default`, in the order of the text.", see="cell:recipe_seen")
def test_recipe_fields(student, rng):
    """Fields come in order, have their defaults, are shown, and recipes can be compared."""
    name, epochs, rate, sizes = settings(rng)
    for args, want in (
        ([name], [name, 3, 0.1, [784, 32, 10]]),
        ([name, epochs], [name, epochs, 0.1, [784, 32, 10]]),
        ([name, epochs, rate, sizes], [name, epochs, rate, sizes]),
    ):
        shown = "Recipe(name={!r}, epochs={!r}, rate={!r}, sizes={!r})".format(*want)
        matches(student.probe("recipe_made", args, {}), [want, shown, True])
    matches(student.probe("recipe_made", [], {"sizes": sizes, "name": name})[0], [name, 3, 0.1, sizes])


@pytest.mark.parametrize("which", ["another default", "a new default"])
@check("recipe", weight=0.75, hint="`field(default_factory=…)` makes a list for each recipe.", see="cell:default_seen")
def test_recipe_owns_its_default(student, rng, which):
    """Changing the `sizes` of one recipe changes no other that was made by default, and none that is made later."""
    got = student.probe("recipe_lists", settings(rng)[3], whole(rng, 100, 999))
    matches(got[which], [784, 32, 10])


@check("recipe", weight=0.75, hint="`self.sizes = list(…)` in `__post_init__`.", see="cell:default_seen")
def test_recipe_owns_its_list(student, rng):
    """Changing a list that was handed in, to `changed` too, or the `sizes` of a changed recipe, changes no recipe."""
    sizes, extra = settings(rng)[3], whole(rng, 100, 999)
    got = student.probe("recipe_lists", sizes, extra)
    matches(got["handed in"], sizes)
    held = got["handed to changed"]
    shared = isinstance(held, list) and all(type(one) is int for one in held) and held == [*sizes, extra]
    require(not shared, "The recipe that `changed` gave holds the caller's own list.", rule="side effect")
    matches(got["handed to changed"], sizes)


@check("recipe", hint="The test belongs in `__post_init__`, where each way comes by.", see="cell:recipe_seen")
def test_recipe_refuses(student, rng):
    """Too few epochs and rates that are not above 0 raise ValueError, however the recipe is made."""
    name, epochs, rate, sizes = settings(rng)
    for bad in ({"epochs": 0}, {"epochs": -epochs}, {"rate": 0.0}, {"rate": -rate}):
        raised(ValueError, "TypeError", student.probe, "recipe_made", [name], bad)
        raised(ValueError, "TypeError", student.probe, "recipe_changed", [name, epochs, rate, sizes], bad)
    raised(ValueError, "TypeError", student.probe, "recipe_read", json.dumps({"name": name, "epochs": 0}))
    matches(student.probe("recipe_made", [name, 1, 1e-6, sizes], {})[0], [name, 1, 1e-6, sizes])


@check("recipe", weight=0.25, hint="`nan <= 0` is False, and `nan > 0` too: ask what must be.", see="cell:recipe_seen")
def test_recipe_refuses_nan(student, rng):
    """A rate of nan, which is not above 0, raises ValueError."""
    name, epochs, rate, sizes = settings(rng)
    matches(student.probe("recipe_made", [name, epochs, rate, sizes], {})[0], [name, epochs, rate, sizes])
    raised(ValueError, "TypeError", student.probe, "recipe_made", [name, epochs, math.nan, sizes], {})


@check("recipe", hint="`dataclasses.replace(self, **changes)`.", see="cell:recipe_seen")
def test_recipe_changed(student, rng):
    """`changed` gives another recipe with some fields changed and leaves the first as it was."""
    old, new = settings(rng), settings(rng)
    for number, field in enumerate(("name", "epochs", "rate", "sizes")):
        want = [*old[:number], new[number], *old[number + 1 :]]
        matches(student.probe("recipe_changed", old, {field: new[number]}), [want, old, "Recipe"])


@check("recipe", weight=1.5, hint="`asdict`, `json.dumps`; `json.loads`, `cls(**…)`.", see="cell:recipe_seen")
def test_recipe_as_json(student, rng):
    """A recipe goes to JSON and comes back, as a subclass where that was asked; an unknown key raises TypeError."""
    values = settings(rng)
    want = dict(zip(("name", "epochs", "rate", "sizes"), values, strict=True))
    text = student.probe("recipe_text", values)
    require(isinstance(text, str), "`to_json` gives no string.", rule="type")
    try:
        back = json.loads(text)
    except (ValueError, RecursionError):
        back = None
    require(back is not None, "What `to_json` gives is no JSON.")
    matches(back, want)
    made = student.probe("recipe_read", json.dumps(want))
    asked_of_subclass = "`from_json`, called on a subclass, gives a Recipe: make it by `cls`, in a classmethod."
    pairs = all(isinstance(one, (list, tuple)) and len(one) == 2 for one in made)
    always = pairs and all(isinstance(kind, str) and kind == "Recipe" for kind, _ in made)
    require(not always, asked_of_subclass, rule="type")
    matches(made, [["Recipe", values], ["Special", values]])
    few = student.probe("recipe_read", json.dumps({"name": values[0], "sizes": values[3]}))
    matches(few, [[kind, [values[0], 3, 0.1, values[3]]] for kind in ("Recipe", "Special")])
    raised(TypeError, "ValueError", student.probe, "recipe_read", json.dumps({**want, "colour": 1}))


# --------------------------------------------------------------------------------------------------- classifier


def labelled(rng: np.random.Generator, count: int, width: int, kinds: int) -> tuple[torch.Tensor, ...]:
    """Return weights of a linear model, images and labels."""
    labels = torch.from_numpy(rng.integers(0, kinds, count))
    return normal(rng, kinds, width), normal(rng, count, width), labels


def softmax_loss(weight: torch.Tensor, images: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean cross-entropy and its gradient by the weight, from the formula, in float64."""
    w, x = weight.double(), images.double()
    logits = x @ w.T
    shifted = logits - logits.amax(dim=1, keepdim=True)
    logs = shifted - shifted.exp().sum(dim=1, keepdim=True).log()
    chosen = functional.one_hot(labels, w.shape[0]).double()
    return -(logs * chosen).sum() / len(labels), (logs.exp() - chosen).T @ x / len(labels)


@check("classifier", hint="The mean cross-entropy of logits; no softmax before it.", see="cell:regressor_seen")
def test_classifier_loss(student, rng):
    """The loss of a batch, and the gradient that it gives, are those of the formula, for huge logits too."""
    for scale in (1.0, 300.0):
        weight, images, labels = labelled(rng, whole(rng, 3, 7), 5, 4)
        loss, gradient = softmax_loss(scale * weight, images, labels)
        got = student.probe("classifier_loss", scale * weight, images, labels)
        matches(got, [loss.float(), gradient.float()], rtol=1e-3, atol=1e-5)


@check("classifier", hint="`fit` comes from Trainer: define only what is asked for.", see="cell:trainer")
def test_classifier_trains(student, rng):
    """Training by `fit` gives the history and the weights of a loop by hand, the short last batch weighted."""
    weight, images, labels = labelled(rng, 10, 3, 4)
    rate, history, now = 0.5, [], weight.double()
    for epoch in (1, 2):
        total = 0.0
        for x, y in zip(images.split(4), labels.split(4), strict=True):
            loss, gradient = softmax_loss(now, x, y)
            now = now - rate * gradient
            total += loss.item() * len(y)
        valid = softmax_loss(now, images, labels)[0].item()
        history.append({"epoch": epoch, "train": total / 10, "valid": valid})
    got = student.probe("classifier_fit", weight, images, labels, 4, rate, 2)
    matches(got[0], history, **NEAR)
    matches(got[1], now.float(), **NEAR)


@check("classifier", weight=1.5, hint="Count right ones and samples, not batches.", see="cell:batch_means")
def test_classifier_accuracy(student, rng):
    """The accuracy is the share of samples, a float, in evaluation mode: dropout is off."""
    weight, images, labels = labelled(rng, 23, 6, 3)
    want = ((images @ weight.T).argmax(dim=1) == labels).double().mean().item()
    for batch in (4, 22, 23, 100):
        matches(student.probe("classifier_accuracy", weight, images, labels, batch), want, rtol=SHARE)
    for answer, value in ((torch.argmax, 1.0), (torch.argmin, 0.0)):
        asked = answer(images @ weight.T, dim=1)
        matches(student.probe("classifier_accuracy", weight, images, asked, 5), value, rtol=SHARE)


def a_number(value: Any) -> float:
    """Return a number, finite and of any kind; whether it is the right one is asked elsewhere."""
    matches(value, 0.5, atol=math.inf, kind=False, dtype=False)
    require(not np.iscomplexobj(value), "The answer is a complex number.", rule="type")
    return float(value)


@check("classifier", weight=0.5, hint="`images.to(self.device)`, `labels.to(self.device)`.", see="cell:trainer")
def test_classifier_moves_batches(student, rng):
    """Batches are moved to the trainer's device, labels too."""
    weight, images, labels = labelled(rng, 30, 6, 3)
    labels[:15] = (images[:15] @ weight.T).argmax(dim=1)
    labels[0] = 1
    moved, here, other = map(a_number, student.probe("classifier_moved", weight, images, labels, 10))
    require(here != other, "The accuracy is the same for other labels.")
    require(math.isclose(moved, here, rel_tol=SHARE), "Batches that must be moved first give another accuracy.")


@check("classifier", weight=0.5, claim=True, hint="`@torch.no_grad()` above `def accuracy`.", see="cell:trainer")
def test_classifier_without_gradients(student, rng):
    """Counting keeps no gradients."""
    weight, images, _ = labelled(rng, 6, 4, 3)
    labels = (images @ weight.T).argmax(dim=1)
    seen, share, other = student.probe("classifier_gradients", weight, images, labels)
    require(a_number(share) != a_number(other), "The accuracy is the same for other labels.")
    switches = {
        "no_grad",
        "inference_mode",
        "set_grad_enabled",
        "evaluate",
    }  # the last is Trainer's, which has them off
    off = student.source("Classifier").names & switches
    require(off, "Nothing in Classifier switches gradients off.", rule="source")
    quiet = [isinstance(one, list) and len(one) == 2 and not any(flag is not False for flag in one) for one in seen]
    require(
        quiet and all(quiet),
        "Gradients, or the mode for training, are on while the accuracy is counted.",
        rule="side effect",
    )


@check("classifier", weight=0.5, claim=True, hint="Only `loss` and `accuracy`.", see="cell:trainer")
def test_classifier_fact_sheet(student, rng):
    """Classifier inherits from Trainer and repeats none of its methods."""
    weight, images, _ = labelled(rng, 6, 4, 3)
    labels = (images @ weight.T).argmax(dim=1)
    loss = student.probe("classifier_loss", weight, images, labels)[0]
    other = student.probe("classifier_loss", weight, -images, labels)[0]
    matches([loss, other], [torch.zeros(())] * 2, atol=math.inf)
    require(bool(loss < other), "The loss of what is right is not below that of what is wrong.")
    facts = {kind: names_in(found) for kind, found in student.probe("fact_sheet", "Classifier").items()}
    inherits = "Trainer" in base_names(student, "Classifier") and "Trainer" in facts["line"]
    require(inherits, "Classifier does not inherit from Trainer.", rule="source")
    again = {"fit", "evaluate", "train_epoch"} & set(facts["own"])
    require(not again, "A method of Trainer is written a second time.", rule="source")


# ---------------------------------------------------------------------------------------------------- scheduled


def regression(rng: np.random.Generator, count: int, width: int, outputs: int) -> tuple[torch.Tensor, ...]:
    """Return weights of a linear model, inputs and targets."""
    return normal(rng, outputs, width), normal(rng, count, width), normal(rng, count, outputs)


def squares(weight: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean squared error of a linear model and its gradient, in float64."""
    x, t = inputs.double(), targets.double()
    error = x @ weight.double().T - t
    return error.square().mean(), 2 * error.T @ x / error.numel()


def descend(
    weight: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor, rates: list[list[float]], batch: int
) -> tuple[list[dict[str, float]], torch.Tensor]:
    """Return history and weights of SGD with a rate for each epoch and row."""
    history, now = [], weight.double()
    for epoch, rate in enumerate(rates, 1):
        total = 0.0
        for x, t in zip(inputs.split(batch), targets.split(batch), strict=True):
            loss, gradient = squares(now, x, t)
            now = now - torch.tensor(rate, dtype=torch.float64)[:, None] * gradient
            total += loss.item() * len(x)
        valid = squares(now, inputs, targets)[0].item()
        history.append({"epoch": epoch, "train": total / len(inputs), "valid": valid})
    return history, now


@check(
    "scheduled",
    weight=1.5,
    hint="Train first, note the rate, then multiply that of each group.",
    see="cell:scheduled_seen",
)
def test_scheduled_rates(student, rng):
    """Rates shrink after each epoch in all groups; history and weights are those of a loop by hand."""
    weight, inputs, targets = regression(rng, 10, 3, 2)
    start, factor, epochs = [0.25, 0.125], whole(rng, 2, 7) / 8, 3
    rates = [[rate * factor**epoch for rate in start] for epoch in range(epochs + 1)]
    history, now = descend(weight, inputs, targets, rates[:-1], 4)
    got = student.probe("scheduled_fit", weight, inputs, targets, start, epochs, {"factor": factor})
    matches(got[2], [first for first, _ in rates[:-1]], rtol=1e-9)
    matches(got[3], rates[-1], rtol=1e-9)
    matches(got[0], history, **NEAR)
    matches(got[1], now.float(), **NEAR)
    matches(got[4], factor)


@check(
    "scheduled",
    weight=1.5,
    hint="`super()`, not `Trainer`; by `*args` and `**kwargs` hand on all that you do not know.",
    see="cell:mro_seen",
)
def test_scheduled_calls_the_next_in_line(student, rng):
    """A class between Scheduled and Trainer gets its turn and its keyword, and what it returns comes back."""
    weight, inputs, targets = regression(rng, 6, 3, 2)
    added, note = float(whole(rng, 100, 900)), words(rng, 1)[0]
    loss = squares(weight, inputs, targets)[0].item()
    got = student.probe("scheduled_line", weight, inputs, targets, added, note)
    matches(got, [loss + added, note, 0.5, 0.25], **NEAR)


def one_rate(rates: Any) -> None:
    """Require that one epoch noted one rate; which one is asked elsewhere."""
    matches(rates, [0.1], atol=math.inf)


@check("scheduled", hint="`self.rates = []` in `__init__`.", see="cell:shared_seen")
def test_scheduled_trainers_share_nothing(student, rng):
    """Each trainer notes its own rates and has its own factor, 0.5 where none is given."""
    weight, inputs, targets = regression(rng, 6, 3, 2)
    first, second, *factors = student.probe("scheduled_pair", weight, inputs, targets)
    one_rate(first)
    matches(second, [])
    matches(factors, [0.5, 0.9])


@check("scheduled", weight=0.5, hint="Scheduled defines no `loss`.", see="cell:abstract_raises")
def test_scheduled_is_abstract(student, rng):
    """Without a loss no object can be made, and with one the class is a Trainer."""
    weight, inputs, targets = regression(rng, 6, 3, 1)
    one_rate(student.probe("scheduled_pair", weight, inputs, targets)[0])
    raises(TypeError, student.probe, "scheduled_alone", weight)


@check("scheduled", weight=0.5, claim=True, hint="`super()` brings what Trainer has.", see="cell:mro_seen")
def test_scheduled_copies_nothing(student, rng):
    """The source calls `super` and repeats no step of Trainer."""
    weight, inputs, targets = regression(rng, 6, 3, 1)
    one_rate(student.probe("scheduled_pair", weight, inputs, targets)[0])
    require("Trainer" in base_names(student, "Scheduled"), "Scheduled does not inherit from Trainer.", rule="source")
    called = own_calls(student, "Scheduled")
    require("super" in called, "`super()` is not called.", rule="source")
    require(not called & {"backward", "zero_grad"}, "Lines of Trainer are repeated.", rule="source")


# ---------------------------------------------------------------------------------------------------------- net


NOT_KEPT = "`mean` and `std` are not in the state, and so in no file: register them as buffers that are kept."


def net_state(rng: np.random.Generator, sizes: list[int]) -> dict[str, torch.Tensor]:
    """Return weights for a Net, buffers left out."""
    state = {}
    for number, (fan_in, fan_out) in enumerate(itertools.pairwise(sizes)):
        state[f"layers.{number}.weight"] = normal(rng, fan_out, fan_in)
        state[f"layers.{number}.bias"] = normal(rng, fan_out)
    return state


def moments(rng: np.random.Generator, *shape: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a mean and a spread."""
    return normal(rng, *shape), torch.from_numpy(rng.uniform(0.5, 2.0, shape)).to(torch.float32)


def net_by_hand(
    state: dict[str, torch.Tensor], mean: torch.Tensor, std: torch.Tensor, images: torch.Tensor
) -> torch.Tensor:
    """Return the logits, in float64."""
    x = (images.double().reshape(len(images), -1) - mean.double()) / std.double()
    layers = len(state) // 2
    for number in range(layers):
        x = x @ state[f"layers.{number}.weight"].double().T + state[f"layers.{number}.bias"].double()
        x = x.clamp(min=0) if number < layers - 1 else x
    return x


@check(
    "net", claim=True, hint="`ModuleList` and `register_buffer`, under the names of the text.", see="cell:plain_list"
)
def test_net_state(student, rng):
    """The state has exactly the names and shapes of the text; mean and std are buffers, the layers' are parameters."""
    sizes = [whole(rng, 3, 9) for _ in range(whole(rng, 2, 4))]
    state = net_state(rng, sizes)
    for shape in ((), (sizes[0],)):
        want = [["mean", list(shape)], ["std", list(shape)], *([name, list(one.shape)] for name, one in state.items())]
        listed, held, *names = student.probe("net_state", sizes, *moments(rng, *shape))
        require(listed is True, "`layers` is no `nn.ModuleList`.", rule="type")
        pairs = all(isinstance(one, list) and len(one) == 2 and type(one[0]) is str for one in held)
        require(pairs, "The state holds something else than tensors with names.", rule="type")
        require({"mean", "std"} <= {name for name, _ in held}, NOT_KEPT)
        matches([list(one) for one in sorted(held, key=lambda one: one[0])], sorted(want))
        parameters, buffers = map(names_in, names)
        matches(parameters, sorted(state))
        require({"mean", "std"} <= set(buffers), "`mean` and `std` are no buffers.")
    answers_by_weights(student, rng, sizes)


def answers_by_weights(student: Any, rng: np.random.Generator, sizes: list[int]) -> None:
    """Require that the weights are calculated with: twice those of the last layer give twice the logits, not all 0."""
    state, (mean, std), inputs = net_state(rng, sizes), moments(rng), [normal(rng, 20, sizes[0])]
    last = f"layers.{len(sizes) - 2}."
    twice = {name: 2 * one if name.startswith(last) else one for name, one in state.items()}
    made = [student.probe("net_answers", sizes, mean.clone(), std.clone(), one, inputs) for one in (state, twice)]
    matches(made, [[torch.zeros(20, sizes[-1])]] * 2, atol=math.inf)
    (once,), (double,) = made
    same = torch.allclose(2 * once, double, rtol=1e-3, atol=1e-4) and bool(once.any())
    require(same, "The logits are not calculated with the weights of `layers`.")


@check("net", weight=2, hint="Flatten, standardise, layers; ReLU after each but the last.", see="cell:net_seen")
def test_net_answers(student, rng):
    """With given weights the logits are those of a calculation by hand, for one, two and three layers."""
    for layers in (1, 2, 3):
        sizes = [12, *(whole(rng, 3, 7) for _ in range(layers))]
        state, (mean, std) = net_state(rng, sizes), moments(rng, *(() if layers == 2 else (12,)))
        inputs = [normal(rng, 5, 3, 4), normal(rng, 2, 12), normal(rng, 1, 1, 4, 3)]
        got = student.probe("net_answers", sizes, mean.clone(), std.clone(), state, inputs)
        matches(got, [net_by_hand(state, mean, std, one).float() for one in inputs], rtol=1e-3, atol=1e-4)


@check("net", hint="`.clone()`: `register_buffer` makes no copy.", see="cell:net_seen")
def test_net_copies(student, rng):
    """Who changes the tensors that were handed in as mean and std does not change the model."""
    sizes = [6, 5, 4]
    state, (mean, std), inputs = net_state(rng, sizes), moments(rng, 6), normal(rng, 3, 6)
    got = student.probe("net_answers", sizes, mean.clone(), std.clone(), state, [inputs], spoilt=True)
    matches(got, [net_by_hand(state, mean, std, inputs).float()], rtol=1e-3, atol=1e-4)


@check("net", hint="A plain tensor is not turned into float64 by `double()`, a buffer is.", see="cell:meta_raises")
def test_net_in_float64(student, rng):
    """After `double()` everything calculates in float64."""
    sizes = [6, 5, 4]
    state, (mean, std) = net_state(rng, sizes), moments(rng, 6)
    inputs = [normal(rng, 3, 6).double()]
    got = student.probe("net_answers", sizes, mean.clone(), std.clone(), state, inputs, double=True)
    matches(got, [net_by_hand(state, mean, std, inputs[0])], rtol=1e-9, atol=1e-9)


@check("net", hint="What is not registered is not trained.", see="cell:plain_list")
def test_net_trains_all_layers(student, rng):
    """One step of SGD changes each layer as its gradient says, and leaves mean and std alone."""
    sizes, (mean, std), inputs = [6, 5, 4, 3], moments(rng, 6), normal(rng, 8, 6)
    state = net_state(rng, sizes)
    after = student.probe("net_trained", sizes, mean.clone(), std.clone(), state, inputs, 0.01)
    after = dictionary(after, *state, what="The state lacks the weights of a layer.")
    after = dictionary(after, "mean", "std", what=NOT_KEPT)
    own = {name: one.double().requires_grad_() for name, one in state.items()}
    net_by_hand(own, mean, std, inputs).square().sum().backward()
    matches(
        {name: after[name] for name in state},
        {name: (one.detach() - 0.01 * one.grad).float() for name, one in own.items()},
        rtol=1e-3,
        atol=1e-4,
    )
    matches([after["mean"], after["std"]], [mean, std])


@check("net", weight=0.5, claim=True, hint="`.to` moves what is registered.", see="cell:meta_raises")
def test_net_moves(student, rng):
    """A model that was moved to another device calculates there."""
    sizes = [6, whole(rng, 3, 9), whole(rng, 3, 9)]
    matches(student.probe("net_moved", sizes, *moments(rng, 6), [4, 2, 3]), ["meta", [4, sizes[-1]]])
    answers_by_weights(student, rng, sizes)


# -------------------------------------------------------------------------------------------------------- watch


def watched(rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the weights of two layers."""
    return normal(rng, 4, 3), normal(rng, 2, 4)


@check("watch", weight=1.5, hint="Register in `__enter__`, remove in `__exit__`.", see="cell:watch_seen")
def test_watch_collects(student, rng):
    """Outputs inside the block come in order, and none from before or after it."""
    weight, other = watched(rng)
    before, *inside, after = (normal(rng, whole(rng, 1, 5), 3) for _ in range(5))
    same, nothing, outputs = student.probe("watch_outputs", weight, other, before, inside, after)
    require(isinstance(nothing, list) and not nothing, "`outputs` is no empty list before the block.")
    require(same is True, "`with … as watch` gives another object: return `self` from `__enter__`.")
    matches(outputs, [one @ weight.T for one in inside], **NEAR)


@check("watch", hint="`.detach().clone()` in the hook.", see="cell:watch_seen")
def test_watch_keeps_copies(student, rng):
    """Outputs are kept as they left the layer, though the next one writes into them, and without a gradient."""
    weight, other = watched(rng)
    inputs = normal(rng, 4, 3)
    outputs, gradients = student.probe("watch_copies", weight, other, inputs)
    matches(outputs, [inputs @ weight.T], **NEAR)
    require(flags(gradients) == [False], "A gradient hangs on an output that was kept.", rule="side effect")


@check("watch", hint="`__exit__` runs in any case, removes the hook, returns nothing.", see="cell:with_seen")
def test_watch_after_an_error(student, rng):
    """An error goes on, the hook is gone, and what was watched is still there."""
    weight, other = watched(rng)
    inside, after = normal(rng, 3, 3), normal(rng, 2, 3)
    *got, hooks = student.probe("watch_error", weight, other, inside, after)
    matches(got, ["out", [inside @ weight.T]], **NEAR)
    gone = type(hooks) is int and hooks == 0
    require(gone, "After the block the hook is still registered: `remove()` it.", rule="side effect")


@check("watch", hint="What a hook returns replaces the output: only look.", see="cell:watch_seen")
def test_watch_changes_nothing(student, rng):
    """A watched model gives the same answers and the same gradients, in the mode for training and in the other."""
    weight, other = watched(rng)
    inputs = normal(rng, 5, 3)
    one, two = weight.clone().requires_grad_(), other.clone().requires_grad_()
    made = (inputs @ one.T).relu() @ two.T
    made.square().sum().backward()
    *got, counts, modes = student.probe("watch_gradients", weight, other, inputs)
    same = all(flags(modes))
    require(same, "`Watch` changes the model's mode, for training or evaluation.", rule="side effect")
    matches(counts, [1, 1])
    matches(got, [made.detach(), one.grad, two.grad], **NEAR)


@check("watch", hint="`self.outputs = []` in `__enter__` too.", see="cell:watch_seen")
def test_watch_twice(student, rng):
    """Entering again starts with an empty list; two watches on one module do not disturb each other."""
    weight, other = watched(rng)
    first, second = normal(rng, 3, 3), normal(rng, 2, 3)
    a, b = first @ weight.T, second @ weight.T
    matches(student.probe("watch_twice", weight, other, first, second), [[a], [b, a], [b]], **NEAR)


# ------------------------------------------------------------------------------------------------ full_snapshot


def blurred(reference: Any, weight: torch.Tensor, kind: str, seed: int) -> Any:
    """Return a trainer with dropout and an optimiser that remembers, as the sandbox makes it."""

    class Toy(reference.Trainer):
        def loss(self, batch: list[torch.Tensor]) -> torch.Tensor:
            return functional.mse_loss(self.model(batch[0]), batch[1])

    torch.manual_seed(seed)
    first = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    first.load_state_dict({"weight": weight})
    model = nn.Sequential(first, nn.Tanh(), nn.Dropout(0.4), nn.Linear(weight.shape[0], 1))
    options = {"SGD": {"momentum": 0.9}, "Adam": {}}[kind]
    return Toy(model, getattr(torch.optim, kind)(model.parameters(), lr=0.05, **options))


def curve(reference: Any, weight: torch.Tensor, kind: str, seed: int, data: Any, epochs: int, at: int) -> Any:
    """Return the history of a run that is never stopped, and its weights at one epoch and at the end."""
    state = torch.get_rng_state()
    trainer = blurred(reference, weight, kind, seed)
    loader = reference.DataLoader(reference.TensorDataset(*data), batch_size=4, shuffle=True)
    trainer.fit(loader, loader, at)
    kept = {name: one.clone() for name, one in trainer.model.state_dict().items()}
    trainer.fit(loader, loader, epochs)
    torch.set_rng_state(state)
    return trainer.history, kept, trainer.model.state_dict()


@pytest.mark.parametrize("kind", ["SGD", "Adam"])
@check("full_snapshot", weight=1.5, hint="Weights, optimiser, history, generator.", see="cell:resume_seen")
def test_resumed_run_is_the_same(student, reference, rng, kind):
    """A run that was killed and resumed has the history of one that never stopped, bit for bit."""
    weight, inputs, targets = normal(rng, 6, 3), normal(rng, 14, 3), normal(rng, 14, 1)
    seed, epochs, killed = whole(rng, 0, 10**6), 5, whole(rng, 1, 3)
    history, kept, end = curve(reference, weight, kind, seed, (inputs, targets), epochs, killed)
    got = student.probe("resumed", weight, kind, seed, [inputs, targets], epochs, killed, 1)
    matches([got["whole"], *got["histories"]], [history] * 2, **NEAR)
    same = got["whole"] == got["histories"][0]
    require(same, "The resumed history is not, bit for bit, that of a run that was never stopped.")
    taken = dictionary(got["taken"], "model", what="The snapshot is no dict with the four keys of the text.")
    matches(taken["model"], kept, **NEAR)
    matches(got["weights"], [end], **NEAR)


def optimizer_state(value: Any) -> None:
    """Require what SGD with momentum keeps of a model of three tensors."""
    what = "The snapshot does not hold the state of the optimiser."
    kept = dictionary(value, "state", "param_groups", what=what)["state"]
    require(isinstance(kept, dict) and len(kept) == 3, what)


@check("full_snapshot", hint="`copy.deepcopy` of what `super().take` gives.", see="cell:alias_bug")
def test_snapshot_is_a_copy(student, reference, rng):
    """What was taken does not change when the trainer goes on: weights, optimiser, history."""
    weight, inputs, targets = normal(rng, 6, 3), normal(rng, 14, 3), normal(rng, 14, 1)
    seed, killed = whole(rng, 0, 10**6), whole(rng, 1, 2)
    history, kept, _ = curve(reference, weight, "SGD", seed, (inputs, targets), 4, killed)
    got = student.probe("resumed", weight, "SGD", seed, [inputs, targets], 4, killed, 0)
    keys, what = ("history", "model", "optimizer", "rng"), "The snapshot is no dict with the four keys of the text."
    before, after = (dictionary(got[when], *keys, what=what) for when in ("taken", "afterwards"))
    optimizer_state(before["optimizer"])
    matches(after["model"], kept, **NEAR)
    matches(after["history"], history[:killed], **NEAR)
    matches(after["optimizer"], before["optimizer"])


@check("full_snapshot", hint="Put a copy back: `load_state_dict` may keep tensors.", see="cell:full_snapshot_seen")
def test_snapshot_can_be_put_back_twice(student, reference, rng):
    """The same snapshot, put back three times, gives the same run three times."""
    weight, inputs, targets = normal(rng, 6, 3), normal(rng, 14, 3), normal(rng, 14, 1)
    seed = whole(rng, 0, 10**6)
    history, _, end = curve(reference, weight, "SGD", seed, (inputs, targets), 4, 2)
    got = student.probe("resumed", weight, "SGD", seed, [inputs, targets], 4, 2, 3)
    matches([got["whole"], *got["histories"]], [history] * 4, **NEAR)
    matches(got["weights"], [end] * 3, **NEAR)
    same = all(one == got["whole"] for one in got["histories"])
    require(same, "The second run from the same snapshot is another one.")


@check("full_snapshot", weight=0.5, hint='`torch.get_rng_state()` under "rng".', see="cell:resume_seen")
def test_snapshot_sets_the_generator(student, rng):
    """The generator goes on from the moment at which the snapshot was taken."""
    seed = whole(rng, 0, 10**6)
    chance = torch.Generator().manual_seed(seed)
    want = [chance.get_state(), torch.rand(4, generator=chance)]
    matches(student.probe("snapshot_draws", normal(rng, 3, 2), seed, 4), want)


@check("full_snapshot", hint="`super().take(trainer)`, `super().put(…)`.", see="cell:mro_seen")
def test_snapshot_calls_the_next_in_line(student, rng):
    """A class between FullSnapshot and Snapshot gets its turn in both directions."""
    note = words(rng, 1)[0]
    got = student.probe("snapshot_line", normal(rng, 3, 2), whole(rng, 0, 10**6), note)
    keys, *notes = got
    require(
        {"history", "model", "note", "optimizer", "rng"} <= set(names_in(keys)), "Not all that `super()` took came."
    )
    matches(notes, [note, [note]])


# --------------------------------------------------------------------------------------------------- checkpoint


def epochs_in(folder: Any, where: str, mark: torch.Tensor) -> dict[str, int]:
    """Return of which epoch each checkpoint in a folder is, after a look at its mark."""
    found = {}
    for name in ("best.pt", "last.pt"):
        if f"{where}/{name}" in folder.files(where):
            state = folder.load(f"{where}/{name}")
            require(isinstance(state, dict) and set(state) == {"epoch", "mark"}, f"{name} holds another state.")
            matches(state["mark"], mark)
            matches(state["epoch"], torch.tensor(0), atol=math.inf)
            found[name] = int(state["epoch"])
    return found


def curve_of(rng: np.random.Generator, count: int, best: int) -> list[float]:
    """Return validation losses of which the one of epoch `best` is the lowest and the last is not the worst."""
    losses = rng.uniform(0.5, 0.9, count)
    losses[best - 1] = rng.uniform(0.1, 0.4)
    losses[0] = 0.95
    return losses.tolist()


@check("checkpoint", weight=2, hint="Compare the last row with all before it.", see="cell:checkpoint_seen")
def test_best_and_last(student, folder, rng):
    """last.pt is of the last epoch, best.pt of the one with the lowest validation loss, wherever that is."""
    folder.mkdir("runs of été")
    for number, (count, best) in enumerate(((6, whole(rng, 2, 5)), (5, 5), (1, 1))):
        mark, where = normal(rng, 3), f"runs of été/{number}"
        losses = curve_of(rng, count, best) if count > 1 else [0.5]
        student.probe("checkpoint_runs", folder / where, losses, mark)
        matches(epochs_in(folder, where, mark), {"best.pt": best, "last.pt": count})


@check(
    "checkpoint", hint="What was best stands in `trainer.history`, not in the Checkpoint.", see="cell:checkpoint_seen"
)
def test_best_after_a_resume(student, folder, rng):
    """A run that goes on with a new Checkpoint keeps the best epoch from before."""
    mark, best = normal(rng, 3), whole(rng, 2, 3)
    student.probe("checkpoint_runs", folder / "out", curve_of(rng, 9, best), mark, parts=3)
    matches(epochs_in(folder, "out", mark), {"best.pt": best, "last.pt": 9})


@check("checkpoint", hint="Lower, not lower or equal; leave `nan` out of the comparison.", see="cell:checkpoint_seen")
def test_ties_and_nan(student, folder, rng):
    """On a tie the earlier epoch stays; nan is never the best, and hides no other epoch."""
    low, high = float(rng.uniform(0.1, 0.3)), float(rng.uniform(0.5, 0.7))
    nan = math.nan
    cases = [([high, low, high, low], 2), ([low, low], 1), ([nan, high, low], 3), ([high, nan, low], 3)]
    cases += [([low, nan, high], 1), ([nan, nan], None), ([low, nan], 1), ([high, low, nan, high], 2)]
    cases += [([math.inf, high], 2)]
    for number, (losses, best) in enumerate(cases):
        mark, where = normal(rng, 3), f"run {number}"
        student.probe("checkpoint_runs", folder / where, losses, mark)
        want = {"last.pt": len(losses)} | ({} if best is None else {"best.pt": best})
        matches(epochs_in(folder, where, mark), want)


@check(
    "checkpoint",
    weight=0.5,
    hint="`Path(folder)`; `mkdir(parents=True, exist_ok=True)`.",
    see="cell:checkpoint_seen",
)
def test_checkpoint_makes_its_folder(student, folder, rng):
    """The folder is made with those above it, and may be there already; a string is a path too."""
    mark, losses = normal(rng, 3), curve_of(rng, 5, 2)
    folder.mkdir("there")
    for where, path in (("deep/er/one été", str(folder / "deep/er/one été")), ("there", folder / "there")):
        student.probe("checkpoint_runs", path, losses, mark)
        matches(epochs_in(folder, where, mark), {"best.pt": 2, "last.pt": 5})


@check(
    "checkpoint", weight=0.5, hint="`self.…`, made in `__init__`; nothing outside the folder.", see="cell:shared_seen"
)
def test_two_checkpoints(student, folder, rng):
    """Two runs in two folders do not disturb each other, and write nothing else."""
    marks, bests = [normal(rng, 3), normal(rng, 3)], [2, 4]
    losses = [curve_of(rng, 5, best) for best in bests]
    losses[0][1] = 0.05  # lower than all of the other run
    where = ["one", "two"]
    student.probe("checkpoint_pair", [folder / name for name in where], losses, marks)
    for name, mark, best in zip(where, marks, bests, strict=True):
        matches(epochs_in(folder, name, mark), {"best.pt": best, "last.pt": 5})
    require(len(folder.files()) == 4, "Other files lie beside last.pt and best.pt.")


@pytest.mark.parametrize("how", ["writing", "renaming", "closing"])
@check("checkpoint", weight=0.75, hint="Another name, `os.replace`, and `finally`.", see="cell:checkpoint_seen")
def test_checkpoint_is_atomic(student, folder, rng, how):
    """If writing or renaming breaks off, the error goes on and the files are as they were; what is renamed is whole."""
    mark, losses = normal(rng, 3), [0.5, 0.4]
    if how == "closing":
        noted = student.probe("checkpoint_renames", folder / "out", losses, mark)
        for name, content in zip(("last.pt", "best.pt"), noted, strict=True):
            at_once = folder.read_bytes(f"out/{name}")
            whole_then = content is None or (isinstance(content, bytes) and content == at_once)
            require(whole_then, f"{name} got its name before all of it was written: close the file first.")
        matches(epochs_in(folder, "out", mark), {"best.pt": 2, "last.pt": 2})
        return
    student.probe("checkpoint_runs", folder / "out", losses, mark)
    before = folder.contents("out")
    require(set(before) == {"out/best.pt", "out/last.pt"}, "The folder holds other files than asked for.")
    raises(OSError, student.probe, "checkpoint_breaks", folder / "out", [*losses, 0.1], normal(rng, 3), how)
    same_files(folder.contents("out"), before)
    raises(OSError, student.probe, "checkpoint_breaks", folder / "new", [0.3], normal(rng, 3), how)
    same_files(folder.contents("new"), {})
    if how == "writing":
        stopped = student.probe("checkpoint_stopped", folder / "stopped", [0.3], normal(rng, 3))
        require(stopped is True, "Ctrl-C while a file was written did not stop the program.", rule="side effect")
        same_files(folder.contents("stopped"), {}, "After Ctrl-C while a file was written the folder")


@check("checkpoint", hint="`fit` calls `update`; ask the snapshot with `take`.", see="cell:checkpoint_seen")
def test_checkpoint_in_training(student, folder, rng):
    """Called by `fit`, best.pt holds the weights of the best epoch, and last.pt those of the last, which are others."""
    weight, inputs, targets = regression(rng, 9, 3, 1)
    valid = (inputs, targets)
    rates = [[0.2], [0.2], [0.2], [9.0], [0.01]]
    states = [weight.double()]
    for rate in rates:
        states.append(descend(states[-1], inputs, targets, [rate], 100)[1])
    losses = [squares(one, *valid)[0].item() for one in states[1:]]
    best = losses.index(min(losses))
    student.probe("checkpoint_fit", folder / "out", weight, inputs, targets, valid, [rate for (rate,) in rates])
    files = dict(zip(("best", "last"), folder.load_all(["out/best.pt", "out/last.pt"]), strict=True))
    for name, epoch in (("best", best), ("last", 4)):
        state = files[name]
        same = isinstance(state, dict) and set(state) == {"model", "optimizer", "history"}
        require(same, f"{name}.pt does not hold what the snapshot gave.")
        matches(state["model"], {"weight": states[epoch + 1].float()}, rtol=1e-3, atol=1e-4)
        rows = state["history"]
        require(
            isinstance(rows, list) and len(rows) == epoch + 1, f"The history in {name}.pt does not end with its epoch."
        )


# ---------------------------------------------------------------------------------------------- read_checkpoint

SHAPES = [[3, 4], [4, 2]]


def parts(rng: np.random.Generator, count: int = 2) -> list[str]:
    """Return names of layers, which nobody can know before."""
    return [f"{word}_{number}" for number, word in enumerate(words(rng, count))]


def layers(rng: np.random.Generator, names: list[str], shapes: list[list[int]] = SHAPES) -> dict[str, torch.Tensor]:
    """Return the weights of linear layers with these names."""
    state = {}
    for name, (fan_in, fan_out) in zip(names, shapes, strict=True):
        state |= {f"{name}.weight": normal(rng, fan_out, fan_in), f"{name}.bias": normal(rng, fan_out)}
    return state


def saved(value: Any, *, zipped: bool = True) -> bytes:
    """Return the bytes of a file as `torch.save` writes it."""
    file = io.BytesIO()
    torch.save(value, file, _use_new_zipfile_serialization=zipped)
    return file.getvalue()


def saved_on_a_card(value: Any) -> bytes:
    """Return the bytes of a file as a machine with a graphics card would write it."""
    kept = torch.serialization.location_tag
    torch.serialization.location_tag = lambda _storage: "cuda:0"
    try:
        return saved(value)
    finally:
        torch.serialization.location_tag = kept


class Gift:
    """Something whose reading calls a function."""

    def __init__(self, *call: Any) -> None:
        """Keep the function and its arguments."""
        self.call = call

    def __reduce__(self) -> tuple[Any, ...]:
        """Say which call is to be made."""
        return self.call[0], self.call[1:]


def calls(trace: str) -> list[tuple[Any, ...]]:
    """Return functions and arguments, each of which leaves `trace` in a folder with a file sound.pt in it."""
    return [
        (os.mkdir, trace),
        (os.open, trace, os.O_CREAT | os.O_WRONLY),
        (os.rename, "sound.pt", trace),
        (os.symlink, "sound.pt", trace),
        (shutil.copy, "sound.pt", trace),
        (tarfile.open, trace, "w"),
        (open, trace, "w"),
        (exec, f"print('it ran', file=open('{trace}', 'w'))"),
        (eval, f"__import__('pathlib').Path('{trace}').touch()"),
        (pathlib.Path.touch, pathlib.PosixPath(trace)),
        (zipfile.ZipFile, trace, "w"),
        (logging.FileHandler, trace),
        (np.save, f"{trace}.npy", 1),
        (torch.save, 1, trace),
    ]


def packed(content: bytes) -> bytes:
    """Return a file of torch.save whose pieces are compressed, so that no word in it can be read as it lies there."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, old.read(one))
    return file.getvalue()


def read_whole(student: Any, folder: Any, rng: np.random.Generator, names: list[str], **more: Any) -> None:
    """Require that a file that fits is read: who refuses all files knows none that must be refused."""
    own, state = layers(rng, names), {"model": layers(rng, names), **more}
    path = folder.put("sound.pt", saved(state))
    matches(student.probe("read", path, SHAPES, names, own)[0], state)


def refused(
    student: Any, reference: Any, rng: np.random.Generator, path: Any, names: list[str], inside: tuple[str, ...] = ()
) -> None:
    """Require a CheckpointError that names the file and one of the tensors, and a model that is as it was."""
    own = layers(rng, names)
    error = raised(reference.CheckpointError, "FileNotFoundError", student.probe, "read", path, SHAPES, names, own)
    require(path.name in error.failure.detail, "The exception does not name the file.")
    named = not inside or any(name in error.failure.detail for name in inside)
    require(named, "The exception does not name a tensor that does not fit.")
    matches(student.probe("read_refused", path, SHAPES, names, own), own)


@check("read_checkpoint", hint="Return what `torch.load` gave.", see="cell:read_checkpoint_seen")
def test_sound_checkpoint(student, folder, rng):
    """A file that fits gives all that was saved in it."""
    names = parts(rng)
    own, history = layers(rng, names), [{"epoch": 1, "valid": 0.5}]
    state = {"model": layers(rng, names), "history": history, "rng": None}
    for content in (saved(state), saved(state, zipped=False)):
        path = folder.put("données d'été/last 1.pt", content)
        matches(student.probe("read", path, SHAPES, names, own)[0], state)


@check("read_checkpoint", weight=0.5, hint="Return what was saved; put it nowhere.", see="cell:half_loaded")
def test_sound_checkpoint_stays_outside(student, folder, rng):
    """A file that fits is read and changes nothing in the model."""
    names = parts(rng)
    own, state = layers(rng, names), {"model": layers(rng, names)}
    got = student.probe("read", folder.put("last.pt", saved(state)), SHAPES, names, own)
    require(isinstance(got[0], dict), "The answer is no dict.", rule="type")
    matches(got[0].get("model", got[0]), state["model"])  # who gave the weights alone is told so elsewhere
    matches(got[1], own)


@check("read_checkpoint", weight=0.5, hint="A string has no `.name`: `Path(path)`.", see="cell:read_checkpoint_seen")
def test_checkpoint_under_a_string(student, reference, folder, rng):
    """A path may be a string, also where the file is refused."""
    names = parts(rng)
    own, state = layers(rng, names), {"model": layers(rng, names)}
    path = folder.put("last 2.pt", saved(state))
    matches(student.probe("read", str(path), SHAPES, names, own)[0], state)
    path = folder.put("cut.pt", saved(state)[:200])
    where = str(path)
    error = raised(reference.CheckpointError, "FileNotFoundError", student.probe, "read", where, SHAPES, names, own)
    require(path.name in error.failure.detail, "The exception does not name the file.")


@check("read_checkpoint", weight=0.5, hint='`map_location="cpu"`.', see="cell:read_checkpoint_seen")
def test_checkpoint_from_a_card(student, folder, rng):
    """A file that was written on a graphics card can be read on a machine without one."""
    names = parts(rng)
    own, state = layers(rng, names), {"model": layers(rng, names)}
    path = folder.put("card.pt", saved_on_a_card(state))
    matches(student.probe("read", path, SHAPES, names, own)[0], state)


@check("read_checkpoint", weight=0.5, hint="Let FileNotFoundError go on.", see="cell:read_checkpoint_seen")
def test_no_checkpoint(student, folder, rng):
    """A missing file raises FileNotFoundError, and one that is there does not."""
    names = parts(rng)
    read_whole(student, folder, rng, names)
    for path in (folder / "none.pt", folder / "no folder/a.pt"):
        own = layers(rng, names)
        raised(FileNotFoundError, "CheckpointError", student.probe, "read", path, SHAPES, names, own)


@check("read_checkpoint", hint="`torch.load` raises many kinds of errors.", see="cell:read_checkpoint_seen")
def test_damaged_checkpoints(student, reference, folder, rng):
    """Files that are cut off, empty, or text raise CheckpointError with the file's name; a whole one is read."""
    names = parts(rng)
    read_whole(student, folder, rng, names)
    data = saved({"model": layers(rng, names)})
    old = saved({"model": layers(rng, names)}, zipped=False)
    contents = [
        data[: whole(rng, 100, len(data) - 60)],
        old[: len(old) - 40],
        b"",
        b"weights, as agreed",
        rng.bytes(300),
    ]
    for number, content in enumerate(contents):
        refused(student, reference, rng, folder.put(f"cut {number}.pt", content), names)


@check("read_checkpoint", weight=1.5, hint="`weights_only=True`.", see="cell:gift_raises")
def test_checkpoint_that_is_a_program(student, reference, folder, rng):
    """A file that asks for a function raises CheckpointError, and nothing of it runs; one that does not is read."""
    names = parts(rng)
    mentioned = [[call[0].__module__, *call[0].__qualname__.split(".")] for call in calls("")]
    read_whole(student, folder, rng, names, note=mentioned)  # words that are only mentioned ask for nothing
    forms = [saved, lambda state: saved(state, zipped=False), pickle.dumps, lambda state: packed(saved(state))]
    for number, place in enumerate(rng.permutation(len(calls("")))[: 2 * len(forms)]):
        trace = f"{words(rng, 1)[0]}_{number}"
        state = {"model": layers(rng, names), "gift": Gift(*calls(trace)[place])}
        form = forms[number % len(forms)]
        refused(student, reference, rng, folder.put(f"gift {number}.pt", form(state)), names)
        left = [one.name for one in folder.entries()]
        require(not any(one.startswith(trace) for one in left), "Code in the file ran.", rule="side effect")


@check("read_checkpoint", weight=1.5, hint="Compare names and shapes of both sides.", see="cell:half_loaded")
def test_checkpoint_of_another_model(student, reference, folder, rng):
    """Another shape, a tensor too few, one too many: CheckpointError names file and tensor; what fits is read."""
    first, second, third = names = parts(rng, 3)
    own = [first, second]
    read_whole(student, folder, rng, own)
    fits = layers(rng, own)
    wide = layers(rng, own, [SHAPES[0], [4, whole(rng, 3, 9)]])
    deep = layers(rng, names, [*SHAPES, [2, 2]])
    less = {name: one for name, one in fits.items() if name != f"{first}.bias"}
    turned = {**fits, f"{first}.weight": fits[f"{first}.weight"].T.contiguous()}
    cases = (
        (wide, (f"{second}.weight", f"{second}.bias")),
        (deep, (f"{third}.weight", f"{third}.bias")),
        (less, (f"{first}.bias",)),
        (turned, (f"{first}.weight",)),
    )
    for number, (model, wrong) in enumerate(cases):
        refused(student, reference, rng, folder.put(f"other {number}.pt", saved({"model": model})), own, wrong)


@check(
    "read_checkpoint",
    weight=0.5,
    hint='A dict with a dict under "model", or an error.',
    see="cell:read_checkpoint_seen",
)
def test_files_that_hold_something_else(student, reference, folder, rng):
    """Sound files without a state under "model" raise CheckpointError; one that has it is read."""
    names = parts(rng)
    read_whole(student, folder, rng, names)
    state = layers(rng, names)
    bias = state[f"{names[0]}.bias"]
    for number, value in enumerate((state, [state], {"model": list(state.values())}, {"model": 1}, bias)):
        refused(student, reference, rng, folder.put(f"odd {number}.pt", saved(value)), names)


# ----------------------------------------------------------------------------------------------------- saliency


@check("saliency", weight=2, hint="The derivative of the chosen logit by the picture.", see="cell:saliency_seen")
def test_saliency_values(student, rng):
    """For a network with ReLU the map is the absolute derivative of each picture's own logit."""
    height, width, count = 3, 4, whole(rng, 3, 6)
    weight, other = normal(rng, 6, height * width), normal(rng, 5, 6)
    images, labels = normal(rng, count, height, width), torch.from_numpy(rng.integers(0, 5, count))
    open_units = (images.flatten(1) @ weight.T > 0).float()
    want = ((other[labels] * open_units) @ weight).abs().reshape(images.shape)
    got = student.probe("saliency_of", weight, other, images, labels)
    matches(got[0], want, **NEAR)


@check("saliency", claim=True, hint="`torch.autograd.grad` on a copy of the pictures.", see="cell:saliency_seen")
def test_saliency_leaves_nothing_behind(student, rng):
    """No gradient hangs on the map or on the pictures; the model's mode and its parameters are as they were."""
    weight, other = normal(rng, 6, 12), normal(rng, 5, 6)
    images, labels = normal(rng, 4, 3, 4), torch.from_numpy(rng.integers(0, 5, 4))
    first, again, turned = (
        student.probe("saliency_of", one, other, images, labels) for one in (weight, weight, -weight)
    )
    matches([one[0] for one in (first, again, turned)], [torch.zeros(4, 3, 4)] * 3, atol=math.inf)
    depends(first[0], again[0], turned[0], "the model")
    for training in (True, False):
        on_map, on_images, *left = student.probe("saliency_of", weight, other, images, labels, training=training)[1:]
        clean, kept, needed, modes = (all(flags(one)) for one in left)
        require(on_map is False, "A gradient hangs on the map.", rule="side effect")
        require(on_images is False, "`requires_grad` of `images` was changed.", rule="side effect")
        require(clean, "The model's parameters have a `.grad` afterwards.", rule="side effect")
        require(kept, "A `.grad` that a parameter had before is gone, or another one.", rule="side effect")
        require(needed, "`requires_grad` of the model's parameters was changed.", rule="side effect")
        require(modes, "The model's mode, for training or evaluation, was changed.", rule="side effect")


# ------------------------------------------------------------------------------------------------------ windows


def windows_by_hand(trace: torch.Tensor, length: int, hop: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Return all pairs."""
    found, start = [], 0
    while start + length < len(trace):
        found.append((trace[start : start + length], trace[start + length : start + length + 1]))
        start += hop
    return found


@check(
    "windows",
    weight=2,
    hint="A value must follow the last window, and a trace too short for that has a `len` of 0.",
    see="cell:windows_seen",
)
def test_windows_of_a_trace(student, rng):
    """A loop gives all windows that have a value following them, and ends; `len` agrees; hop is 1 by default."""
    for size, length, hop in ((20, 4, 3), (21, 4, 4), (9, 2, 5), (13, 12, 1), (12, 12, 1), (3, 8, 2), (30, 1, 1)):
        trace = normal(rng, size)
        want = windows_by_hand(trace, length, hop)
        got = student.probe("windows_list", trace, length, hop)
        below = type(got[0]) is int and got[0] < 0
        require(not below, "`len` is below 0 where the trace is too short: it must be 0, and Python refuses less.")
        matches(got[0], len(want))
        tuples = isinstance(got[1], list) and all(isinstance(pair, (list, tuple)) for pair in got[1])
        require(tuples, "A window is no tuple.", rule="type")
        matches([list(pair) for pair in got[1]], [list(pair) for pair in want])
    trace = normal(rng, 9)
    pairs = windows_by_hand(trace, 4, 1)[:3]
    want_batch = [torch.stack(column) for column in zip(*pairs, strict=True)]
    matches(student.probe("windows_batch", trace, 4), want_batch)


@check("windows", hint="Negative numbers count from the end; beyond it is an IndexError.", see="cell:windows_seen")
def test_windows_from_the_end(student, rng):
    """Numbers below 0 count from the end; those beyond either end raise IndexError; one window is a tuple."""
    trace, length, hop = normal(rng, 25), whole(rng, 2, 5), whole(rng, 2, 4)
    want = windows_by_hand(trace, length, hop)
    made = student.make("Windows", trace, length, hop)
    for number in (0, 1, len(want) - 1, -1, -2, -len(want)):
        matches(made.index(number), want[number])
    for number in (len(want), len(want) + 3, -len(want) - 1):
        raises(IndexError, made.index, number)
