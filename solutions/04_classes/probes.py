"""What runs beside the answers in the sandbox; it holds no secret."""

import contextlib
import copy
import os
import types
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset


def named(namespace, name):
    """Return what the notebook defines, and say that it is missing where it is not there."""
    if name not in namespace:
        raise NotImplementedError(name)
    return namespace[name]


def fact_sheet(namespace, name):
    """Return the classes in line, which public names a class defines itself, and what is a property or classmethod."""
    kind = named(namespace, name)
    public = [{key: value for key, value in vars(one).items() if key[0] != "_"} for one in kind.__mro__]
    every = {key: value for one in reversed(public) for key, value in one.items()}
    return {
        "line": [one.__name__ for one in kind.__mro__],
        "own": sorted(public[0]),
        "properties": sorted(key for key, value in every.items() if isinstance(value, property)),
        "classmethods": sorted(key for key, value in every.items() if isinstance(value, classmethod)),
    }


# meter


def meter_texts(namespace, name, means, counts, kinds):
    """Return the repr of a meter before and after each batch, for each name of a class: Meter, or a subclass of it."""
    kind = named(namespace, "Meter")
    texts = []
    for called in kinds:
        one = (kind if called == "Meter" else type(called, (kind,), {}))(name)
        texts.append(repr(one))
        for mean, count in zip(means, counts, strict=True):
            one.add(mean, count)
            texts.append(repr(one))
    return texts


def meter_written(namespace, name, value):
    """Write to the property of a meter that has seen something, and return it."""
    meter = named(namespace, "Meter")(name)
    meter.add(1.0)
    meter.value = value
    return meter.value


def meter_of(namespace, called, name, values, factor):
    """Return type, name, value and length of what `of` makes, for Meter or a subclass, Scaled, whose add is its own."""
    kind = named(namespace, "Meter")

    class Scaled(kind):
        def add(self, mean, count=1):
            super().add(factor * mean, count)

    one = {"Meter": kind, "Scaled": Scaled}[called].of(name, iter(values))
    return [type(one).__name__, one.name, one.value, len(one)]


def meters(namespace, first, second):
    """Feed two meters in turn; return value and length of both."""
    kind = named(namespace, "Meter")
    one, other = kind("one"), kind("other")
    for (mean, count), (mean2, count2) in zip(first, second, strict=True):
        one.add(mean, count)
        other.add(mean2, count2)
    return [one.value, len(one), other.value, len(other)]


# recipe

FIELDS = ("name", "epochs", "rate", "sizes")


def fields(recipe):
    """Return the four settings."""
    return [getattr(recipe, name) for name in FIELDS]


def recipe_made(namespace, args, kwargs):
    """Return the settings of a recipe, its repr, and whether it equals a twin."""
    kind = named(namespace, "Recipe")
    one = kind(*args, **kwargs)
    return [fields(one), repr(one), bool(one == kind(*args, **kwargs))]


def recipe_lists(namespace, sizes, extra):
    """Change lists; return the sizes of recipes that must not have noticed."""
    kind = named(namespace, "Recipe")
    first, second, handed = kind("first"), kind("second"), list(sizes)
    third = kind("third", sizes=handed)
    fourth = third.changed(name="fourth")
    changed = list(sizes)
    fifth = third.changed(sizes=changed)
    first.sizes.append(extra)
    handed.append(extra)
    fourth.sizes.append(extra)
    changed.append(extra)
    return {
        "another default": second.sizes,
        "a new default": kind("new").sizes,
        "handed in": third.sizes,
        "handed to changed": fifth.sizes,
    }


def recipe_changed(namespace, args, changes):
    """Return the settings of the changed recipe and of the one that it came from, and the type of the first."""
    one = named(namespace, "Recipe")(*args)
    other = one.changed(**changes)
    return [fields(other), fields(one), type(other).__name__]


def recipe_text(namespace, args):
    """Return a recipe as JSON."""
    return named(namespace, "Recipe")(*args).to_json()


def recipe_read(namespace, text):
    """Return what is read from JSON, by the class and by a subclass, with the types' names."""
    kind = named(namespace, "Recipe")
    special = type("Special", (kind,), {})
    made = [kind.from_json(text), special.from_json(text)]
    return [[type(one).__name__, fields(one)] for one in made]


# trainers


def tables(inputs, targets, batch):
    """Return a loader of batches in order; the last one may be short."""
    return DataLoader(TensorDataset(inputs, targets), batch_size=batch)


def linear(weight):
    """Return a linear model without bias, with given weights."""
    model = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    model.load_state_dict({"weight": weight})
    return model


def classifier(namespace, model, rate=0.1, device="cpu"):
    """Return the student's trainer of a model."""
    return named(namespace, "Classifier")(model, torch.optim.SGD(model.parameters(), lr=rate), device)


def classifier_loss(namespace, weight, images, labels):
    """Return the loss of a batch and the gradient that it gives."""
    trainer = classifier(namespace, linear(weight))
    loss = trainer.loss([images, labels])
    loss.backward()
    return [loss.detach(), trainer.model.weight.grad]


def classifier_fit(namespace, weight, images, labels, batch, rate, epochs):
    """Return history and weights after training on batches in order."""
    trainer = classifier(namespace, linear(weight), rate)
    loader = tables(images, labels, batch)
    history = trainer.fit(loader, loader, epochs)
    return [history, trainer.model.weight.detach()]


def classifier_accuracy(namespace, weight, images, labels, batch):
    """Return the accuracy of a model with dropout, asked in the middle of training."""
    model = nn.Sequential(nn.Dropout(0.5), linear(weight))
    trainer = classifier(namespace, model)
    model.train()
    return trainer.accuracy(tables(images, labels, batch))


class Elsewhere(torch.Tensor):
    """A tensor whose numbers are right only after it was moved to the device `cpu:0`, or to that of a tensor."""

    def to(self, *args, **kwargs):
        """Give the right numbers if the device is the one that is asked for."""
        asked = args[0] if args else kwargs.get("device")
        asked = getattr(asked, "device", asked)
        right = asked == "cpu:0" or (isinstance(asked, torch.device) and asked.type == "cpu")  # as a model's own says
        return self.right if right else self.as_subclass(torch.Tensor)


def away(tensor):
    """Return a tensor that holds zeros until it is moved."""
    made = torch.zeros_like(tensor).as_subclass(Elsewhere)
    made.right = tensor
    return made


class _Loader(list):
    """Batches; as a DataLoader it has a dataset, by whose length some count."""

    dataset = ()


def classifier_moved(namespace, weight, images, labels, batch):
    """Return the accuracy where batches lie on another device than the model, where not, and for other labels."""
    trainer = classifier(namespace, linear(weight), device="cpu:0")
    batches = zip(images.split(batch), labels.split(batch), strict=True)
    loader = _Loader([away(one) for one in pair] for pair in batches)
    loader.dataset = labels
    moved = trainer.accuracy(loader)
    none_right = (linear(weight)(images).argmax(dim=1) + 1) % len(weight)
    here, other = trainer.accuracy(tables(images, labels, batch)), trainer.accuracy(tables(images, none_right, batch))
    return [moved, here, other]


def classifier_gradients(namespace, weight, images, labels):
    """Return whether gradients were on while the accuracy was counted, with the model's mode; and two accuracies."""
    seen = []

    class Seeing(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = linear(weight)

        def forward(self, x):
            seen.append([torch.is_grad_enabled(), self.training])
            return self.inner(x)

    trainer = classifier(namespace, Seeing())
    share = trainer.accuracy(tables(images, labels, 4))
    other = trainer.accuracy(tables(images, (labels + 1) % len(weight), 4))
    return [list(seen), share, other]


def toy(namespace):
    """Return a trainer class for numbers."""

    class Toy(named(namespace, "Trainer")):
        def loss(self, batch):
            return functional.mse_loss(self.model(batch[0]), batch[1])

    return Toy


def scheduled(namespace, *between):
    """Return the student's Scheduled mixed with a loss, and with classes between the two."""
    return type("Mixed", (named(namespace, "Scheduled"), *between, toy(namespace)), {})


def scheduled_fit(namespace, weight, inputs, targets, rates, epochs, options):
    """Return history, weights, noted rates and the rates at the end; each row of the weight has its own group."""
    model = nn.ModuleList([linear(row[None]) for row in weight])
    model.forward = lambda x: torch.cat([one(x) for one in model], dim=1)
    groups = [{"params": one.parameters(), "lr": rate} for one, rate in zip(model, rates, strict=True)]
    trainer = scheduled(namespace)(model, torch.optim.SGD(groups), "cpu", **options)
    loader = tables(inputs, targets, 4)
    history = trainer.fit(loader, loader, epochs)
    rates_now = [group["lr"] for group in trainer.optimizer.param_groups]
    return [history, torch.cat([one.weight.detach() for one in model]), trainer.rates, rates_now, trainer.factor]


def scheduled_line(namespace, weight, inputs, targets, added, note):
    """Return what a class between Scheduled and Trainer was told and what came of what it returned."""

    class Between(named(namespace, "Trainer")):
        def __init__(self, *args, note, **kwargs):
            super().__init__(*args, **kwargs)
            self.note = note

        def train_epoch(self, loader):
            self.rate_then = self.optimizer.param_groups[0]["lr"]
            return super().train_epoch(loader) + added

    model = linear(weight)
    kind = scheduled(namespace, Between)
    trainer = kind(model, optimizer=torch.optim.SGD(model.parameters(), lr=0.5), note=note, factor=0.25)
    loader = tables(inputs, targets, 100)
    return [trainer.train_epoch(loader), trainer.note, trainer.rate_then, trainer.factor]


def scheduled_pair(namespace, weight, inputs, targets):
    """Train one of two trainers; return the rates that both noted, and their factors."""
    made = []
    for options in ({}, {"factor": 0.9}):
        model = linear(weight)
        made.append(scheduled(namespace)(model, torch.optim.SGD(model.parameters(), lr=0.1), **options))
    made[0].train_epoch(tables(inputs, targets, 4))
    return [made[0].rates, made[1].rates, made[0].factor, made[1].factor]


def scheduled_alone(namespace, weight):
    """Try to make a Scheduled without a loss."""
    model = linear(weight)
    named(namespace, "Scheduled")(model, torch.optim.SGD(model.parameters(), lr=0.1))


# net


def net_state(namespace, sizes, mean, std):
    """Return whether the layers are a ModuleList, names and shapes in the state, and names of what is registered."""
    model = named(namespace, "Net")(sizes, mean, std)
    listed = isinstance(getattr(model, "layers", None), nn.ModuleList)
    state = [[name, list(tensor.shape)] for name, tensor in model.state_dict().items()]
    return [listed, state, [name for name, _ in model.named_parameters()], [name for name, _ in model.named_buffers()]]


def net_answers(namespace, sizes, mean, std, state, inputs, *, double=False, spoilt=False):  # noqa: PLR0913  (one step of a check asks for all of it)
    """Return the model's answers with given weights, perhaps after the caller has changed its `mean` and `std`."""
    model = named(namespace, "Net")(sizes, mean, std)
    if spoilt:
        mean.add_(1.0)
        std.add_(1.0)
    model.load_state_dict(state, strict=False)
    model = model.double() if double else model
    return [model(one).detach() for one in inputs]


def net_trained(namespace, sizes, mean, std, state, inputs, rate):
    """Return the state of a model with given weights after one step of SGD on the sum of squares."""
    model = named(namespace, "Net")(sizes, mean, std)
    model.load_state_dict(state, strict=False)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    model(inputs).square().sum().backward()
    optimizer.step()
    return dict(model.state_dict())


def net_moved(namespace, sizes, mean, std, shape):
    """Return device and shape of the answer of a model that was moved to `meta`."""
    model = named(namespace, "Net")(sizes, mean, std).to("meta")
    made = model(torch.empty(shape, device="meta"))
    return [made.device.type, list(made.shape)]


# watch


def watched_model(weight, other, *, inplace=False):
    """Return a small model; its second layer may write into what the first returned."""
    return nn.Sequential(linear(weight), nn.ReLU(inplace=inplace), linear(other))


def watch_outputs(namespace, weight, other, before, inside, after):
    """Return what was watched of the first layer; the model is also called before and after."""
    model = watched_model(weight, other)
    watch = named(namespace, "Watch")(model[0])
    model(before)
    nothing = list(watch.outputs)
    with watch as same:
        for one in inside:
            model(one)
    model(after)
    return [same is watch, nothing, list(watch.outputs)]


def watch_copies(namespace, weight, other, inputs):
    """Return what was watched of a layer into whose output the next one writes, and whether a gradient hangs on it."""
    model = watched_model(weight, other, inplace=True)
    with named(namespace, "Watch")(model[0]) as watch:
        model(inputs)
    return [list(watch.outputs), [one.requires_grad for one in watch.outputs]]


def watch_error(namespace, weight, other, inside, after):
    """Return what got out of a block that raised, what was watched, and how many hooks the module has afterwards."""
    model = watched_model(weight, other)
    watch = named(namespace, "Watch")(model[0])
    got_out = ""
    try:
        with watch:
            model(inside)
            raise LookupError("out")  # noqa: TRY301  (stands for a cell that raises inside)
    except LookupError as error:
        got_out = str(error)
    model(after)
    return [got_out, list(watch.outputs), len(vars(model[0])["_forward_hooks"])]


def watch_gradients(namespace, weight, other, inputs):
    """Return answer and gradients of a watched model, how many outputs were seen, and whether modes stayed."""
    model = watched_model(weight, other, inplace=True)
    first, second = named(namespace, "Watch")(model[0]), named(namespace, "Watch")(model[2])
    with first, second:
        made = model(inputs)
        made.square().sum().backward()
    seen = [len(first.outputs), len(second.outputs)]
    modes = []
    for training in (True, False):
        model.train(training)
        with first:
            modes += [one.training == training for one in model.modules()]
        modes += [one.training == training for one in model.modules()]
    return [made.detach(), model[0].weight.grad, model[2].weight.grad, seen, modes]


def watch_twice(namespace, weight, other, first, second):
    """Enter one watch twice, the second time with another one on the same module; return the outputs of both."""
    model = watched_model(weight, other)
    watch, beside = named(namespace, "Watch")(model[0]), named(namespace, "Watch")(model[0])
    with watch:
        model(first)
    kept = list(watch.outputs)
    with watch:
        with beside:
            model(second)
        model(first)
    return [kept, list(watch.outputs), list(beside.outputs)]


# snapshots


def blurred(namespace, weight, kind, seed):
    """Return a trainer whose model has dropout, with an optimiser that remembers; the generator is set."""
    torch.manual_seed(seed)
    model = nn.Sequential(linear(weight), nn.Tanh(), nn.Dropout(0.4), nn.Linear(weight.shape[0], 1))
    options = {"SGD": {"momentum": 0.9}, "Adam": {}}[kind]
    return toy(namespace)(model, getattr(torch.optim, kind)(model.parameters(), lr=0.05, **options))


def mixed(inputs, targets):
    """Return a loader that shuffles by the generator of all."""
    return DataLoader(TensorDataset(inputs, targets), batch_size=4, shuffle=True)


def resumed(namespace, weight, kind, seed, data, epochs, killed, times):  # noqa: PLR0913, PLR0917  (one step of a check asks for all of it)
    """Return the history of a whole run, histories and weights of runs resumed from one snapshot, and that snapshot."""
    loader = mixed(*data)
    whole = blurred(namespace, weight, kind, seed).fit(loader, loader, epochs)
    whole = copy.deepcopy(whole)
    first = blurred(namespace, weight, kind, seed)
    first.fit(loader, loader, killed)
    snapshot = named(namespace, "FullSnapshot")()
    state = snapshot.take(first)
    kept, stored = copy.deepcopy(state), copy.deepcopy(state)  # `stored`: what a file would hold of that moment
    first.fit(loader, loader, epochs)
    histories, weights = [], []
    for time in range(times):
        again = blurred(namespace, weight, kind, seed + 1 + time)
        snapshot.put(again, stored)
        histories.append(copy.deepcopy(again.fit(loader, loader, epochs)))
        weights.append(again.model.state_dict())
    return {"whole": whole, "histories": histories, "weights": weights, "taken": kept, "afterwards": state}


def snapshot_draws(namespace, weight, seed, count):
    """Return the state of the generator in a snapshot, and what is drawn after it was put back."""
    trainer = blurred(namespace, weight, "SGD", seed)
    torch.manual_seed(seed)
    state = named(namespace, "FullSnapshot")().take(trainer)
    torch.rand(100)
    named(namespace, "FullSnapshot")().put(trainer, state)
    return [state["rng"], torch.rand(count)]


def snapshot_line(namespace, weight, seed, note):
    """Return what a class between FullSnapshot and Snapshot added, and what it was given back."""
    given = []

    class Noted(named(namespace, "Snapshot")):
        def take(self, trainer):
            return {**super().take(trainer), "note": note}

        def put(self, trainer, state):
            given.append(state["note"])
            super().put(trainer, state)

    trainer = blurred(namespace, weight, "SGD", seed)
    both = type("Both", (named(namespace, "FullSnapshot"), Noted), {})()
    state = both.take(trainer)
    both.put(trainer, state)
    return [sorted(state), state["note"], given]


# checkpoints


class Marked:
    """A snapshot of the epoch's number and a mark; `extra` may break off the writing."""

    def __init__(self, mark, extra=None):
        self.mark = mark
        self.extra = extra

    def take(self, trainer):
        """Return a flat state."""
        state = {"epoch": torch.tensor(len(trainer.history)), "mark": self.mark}
        return state if self.extra is None else {**state, "extra": self.extra}


class Breaks:
    """Cannot be written: the disk is full when its turn comes."""

    def __reduce__(self):
        """Break off."""
        raise OSError("the disk is full")


def rows(losses):
    """Return a history."""
    return [{"epoch": number, "train": 0.0, "valid": loss} for number, loss in enumerate(losses, 1)]


def checkpoint_runs(namespace, folder, losses, mark, parts=1):
    """Update after each epoch; the run is spread over some programs, each with a Checkpoint of its own."""
    done = 0
    for part in range(parts):
        checkpoint = named(namespace, "Checkpoint")(folder, Marked(mark))
        until = len(losses) * (part + 1) // parts
        for epoch in range(done + 1, until + 1):
            checkpoint.update(types.SimpleNamespace(history=rows(losses[:epoch])))
        done = until


def checkpoint_pair(namespace, folders, losses, marks):
    """Update two checkpoints in turn."""
    made = [named(namespace, "Checkpoint")(one, Marked(mark)) for one, mark in zip(folders, marks, strict=True)]
    for epoch in range(1, len(losses[0]) + 1):
        for one, own in zip(made, losses, strict=True):
            one.update(types.SimpleNamespace(history=rows(own[:epoch])))


@contextlib.contextmanager
def renaming(namespace, made):
    """Replace each function that renames a file by what `made` makes of it, under any name that the notebook has."""
    functions = [getattr(os, name) for name in ("replace", "rename", "link")]
    kept = [
        (where, name, function)
        for function in functions
        for where in (vars(os), namespace)
        for name in [name for name, value in where.items() if value is function]
    ]
    try:
        for where, name, function in kept:
            where[name] = made(function)
        yield
    finally:
        for where, name, function in kept:
            where[name] = function


def checkpoint_breaks(namespace, folder, losses, mark, how):
    """Update with a snapshot that cannot be written, or where renaming is refused, as Windows may do."""

    def refused(*_args, **_kwargs):
        raise PermissionError("another program has the file open")

    extra = Breaks() if how == "writing" else None
    checkpoint = named(namespace, "Checkpoint")(folder, Marked(mark, extra))
    with renaming(namespace, lambda _function: refused) if how == "renaming" else contextlib.nullcontext():
        checkpoint.update(types.SimpleNamespace(history=rows(losses)))


class Stopped:
    """Cannot be written: Ctrl-C comes when its turn does."""

    def __reduce__(self):
        """Do as Python does on Ctrl-C."""
        raise KeyboardInterrupt


def checkpoint_stopped(namespace, folder, losses, mark):
    """Update while somebody presses Ctrl-C; return whether that got out."""
    checkpoint = named(namespace, "Checkpoint")(folder, Marked(mark, Stopped()))
    try:
        checkpoint.update(types.SimpleNamespace(history=rows(losses)))
    except KeyboardInterrupt:
        return True
    return False


def checkpoint_renames(namespace, folder, losses, mark):
    """Update after each epoch; return what last.pt and best.pt held at the moment at which they got their names."""
    checkpoint = named(namespace, "Checkpoint")(folder, Marked(mark))
    seen = {}

    def noting(rename):
        def noted(src, dst, **kwargs):
            with contextlib.suppress(OSError, TypeError, ValueError):
                seen[Path(os.fsdecode(dst)).name] = Path(os.fsdecode(src)).read_bytes()
            return rename(src, dst, **kwargs)

        return noted

    with renaming(namespace, noting):
        for epoch in range(1, len(losses) + 1):
            checkpoint.update(types.SimpleNamespace(history=rows(losses[:epoch])))
    return [seen.get("last.pt"), seen.get("best.pt")]


def checkpoint_fit(namespace, folder, weight, inputs, targets, valid, rates):
    """Train with a Checkpoint and the given Snapshot; the learning rate of each epoch is given. Return the history."""

    class Pushed(toy(namespace)):
        def train_epoch(self, loader):
            self.optimizer.param_groups[0]["lr"] = rates[len(self.history)]
            return super().train_epoch(loader)

    model = linear(weight)
    trainer = Pushed(model, torch.optim.SGD(model.parameters(), lr=1.0))
    checkpoint = named(namespace, "Checkpoint")(folder, named(namespace, "Snapshot")())
    return trainer.fit(tables(inputs, targets, 100), tables(*valid, 100), len(rates), checkpoint)


def model_of(shapes, names, weights):
    """Return a model of linear layers with these names and weights."""
    model = nn.Sequential()
    for name, (fan_in, fan_out) in zip(names, shapes, strict=True):
        model.add_module(name, nn.Linear(fan_in, fan_out))
    model.load_state_dict(weights)
    return model


def read(namespace, path, shapes, names, weights):
    """Return what is read for a model of linear layers, and the model's weights afterwards."""
    model = model_of(shapes, names, weights)
    state = named(namespace, "read_checkpoint")(path, model)
    return [state, model.state_dict()]


def read_refused(namespace, path, shapes, names, weights):
    """Return the model's weights after a file was refused."""
    model = model_of(shapes, names, weights)
    with contextlib.suppress(ValueError):
        named(namespace, "read_checkpoint")(path, model)
    return model.state_dict()


# stretch


def saliency_of(namespace, weight, other, images, labels, *, training=True):
    """Return the saliency for a small network with ReLU, and what is left behind, also where a .grad was there."""
    model = nn.Sequential(nn.Flatten(), linear(weight), nn.ReLU(), linear(other))
    parameters = list(model.parameters())
    parameters[0].requires_grad_(requires_grad=False)
    model.train(training)
    saliency = named(namespace, "saliency")
    made = saliency(model, images, labels)
    clean = [one.grad is None for one in parameters]
    grads = [torch.full_like(one, number) for number, one in enumerate(parameters, 1)]
    for one, grad in zip(parameters, grads, strict=True):
        one.grad = grad.clone()
    saliency(model, images, labels)
    kept = [one.grad is not None and torch.equal(one.grad, grad) for one, grad in zip(parameters, grads, strict=True)]
    needed = [one.requires_grad is bool(number) for number, one in enumerate(parameters)]
    modes = [one.training is training for one in model.modules()]
    return [made.detach(), made.requires_grad, images.requires_grad, clean, kept, needed, modes]


def length_of(made):
    """Return the length, also one below 0: Python refuses that by a ValueError that does not speak of `len`."""
    try:
        return len(made)
    except ValueError:
        return made.__len__()


def windows_list(namespace, trace, length, hop):
    """Return the length, and all pairs that a loop over the windows gives."""
    made = named(namespace, "Windows")(trace, length, hop)
    count = length_of(made)
    known = not (isinstance(count, int) and count < 0)  # below 0 a loop may stumble over it, and hide it
    numbered = zip(range(1000), made, strict=False) if known else ()
    return [count, [pair for _, pair in numbered]]


def windows_batch(namespace, trace, length):
    """Return the first batch of a loader, with a hop of one."""
    return list(next(iter(DataLoader(named(namespace, "Windows")(trace, length), batch_size=3))))
