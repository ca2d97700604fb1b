"""What runs beside the answers in the sandbox; it holds no secret."""

from collections import OrderedDict

import numpy as np
import torch
from torch import nn


class _Batches:
    """A loader that counts how often it was gone through."""

    def __init__(self, batches):
        self.batches, self.rounds = batches, 0

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        self.rounds += 1
        yield from self.batches


class _Picky(nn.Module):
    """A linear layer with all that may go wrong around it: Dropout, BatchNorm, notes of how it was called."""

    def __init__(self, weight, bias, dropout=0.0):
        super().__init__()
        self.layer = nn.Linear(weight.shape[1], weight.shape[0])
        self.norm = nn.BatchNorm1d(weight.shape[1], affine=False)
        self.dropout = nn.Dropout(dropout)
        self.modes, self.recorded, self.sizes = [], [], []
        with torch.no_grad():
            self.layer.weight.copy_(weight)
            self.layer.bias.copy_(bias)

    def forward(self, x):
        self.modes.append(self.training)
        self.recorded.append(torch.is_grad_enabled())
        self.sizes.append(len(x))
        return self.layer(self.dropout(self.norm(x.flatten(1))))


class _Counted:
    """A dataset that notes which examples were taken, and knows nothing but its length and them."""

    def __init__(self, images, labels):
        self.pairs, self.taken = [(image, int(label)) for image, label in zip(images, labels, strict=True)], []

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, place):
        if not 0 <= place < len(self.pairs):
            raise IndexError(place)
        self.taken.append(int(place))
        return self.pairs[place]


def epochs(namespace, weight, bias, batches, rates, how):
    """Train a linear model with train_epoch; return losses, weights, and what was seen.

    rates: learning rate of each epoch; how: "plain", "dropout" or "noise" (gradients that are there before).
    """
    torch.manual_seed(1)
    model = _Picky(weight, bias, dropout=0.5 if how == "dropout" else 0.0)
    if how != "dropout":
        model.norm = nn.Identity()
    model.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=rates[0], momentum=0.5)
    loader = _Batches(batches)
    if how == "noise":
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, 7.0)
    losses = []
    for rate in rates:
        for group in optimizer.param_groups:
            group["lr"] = rate
        losses.append(namespace["train_epoch"](model, loader, optimizer))
    return [losses, model.layer.weight.detach(), model.layer.bias.detach(), model.modes, model.sizes, loader.rounds]


def one_batch(namespace, images, labels, rounds):
    """Train a small MLP on one batch; return its weights and biases afterwards, and the losses."""
    torch.manual_seed(2)
    model = nn.Sequential(nn.Flatten(), nn.Linear(images[0].numel(), 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = [namespace["train_epoch"](model, [(images, labels)], optimizer) for _ in range(rounds)]
    return [[p.detach() for p in model.parameters()], losses]


def measured(namespace, weight, bias, batches, how):
    """Call evaluate; return what it says, what it changed, how it called the model, and whether it froze a parameter.

    how: "train" or "eval", the mode a model with Dropout and BatchNorm is in before; "plain", one with neither.
    """
    model = _Picky(weight, bias, dropout=0.0 if how == "plain" else 0.9)
    model.train(how == "train")
    with torch.no_grad():
        model.norm.running_mean += 0.25
    if how == "plain":
        model.norm = nn.Identity()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    model.layer.weight.grad = torch.ones_like(model.layer.weight)
    loader = _Batches(batches)
    said = namespace["evaluate"](model, loader)
    changed = sum(not torch.equal(before[name], value) for name, value in model.state_dict().items())
    touched = model.layer.weight.grad is None or not bool((model.layer.weight.grad == 1).all())
    frozen = not all(parameter.requires_grad for parameter in model.parameters())
    return [list(said), changed, touched, model.modes, model.recorded, loader.rounds, frozen]


def steps(namespace, starts, velocities, gradients, lr, momentum):
    """Do steps by sgd_step; return parameters and velocities afterwards, as the caller's own tensors hold them."""
    parameters = [start.clone().requires_grad_() for start in starts]
    velocities = [velocity.clone() for velocity in velocities]
    for row in gradients:
        for parameter, gradient in zip(parameters, row, strict=True):
            parameter.grad = None if gradient is None else gradient.clone()
        namespace["sgd_step"](list(parameters), list(velocities), lr, momentum)  # whoever replaces them is found out
    kept = all(
        (p.grad is None) if g is None else p.grad is not None and bool((p.grad == g).all())
        for p, g in zip(parameters, gradients[-1], strict=True)
    )
    leaves = all(parameter.is_leaf and parameter.requires_grad for parameter in parameters)
    return [[p.detach() for p in parameters], velocities, kept, leaves]


def early(namespace, valid, epochs, patience):
    """Call fit with losses from a list; return its history, the weights afterwards and the calls in order.

    Where the answer is no list of pairs of numbers, the history is None.
    """
    model = nn.Sequential(nn.Linear(2, 1), nn.BatchNorm1d(1))
    with torch.no_grad():
        for value in model.state_dict().values():
            value.fill_(0)
    calls = []

    def train():
        calls.append("train")
        with torch.no_grad():
            for value in model.state_dict().values():
                value.add_(1)
        return float(calls.count("train"))

    def validate():
        calls.append("valid")
        return valid[calls.count("valid") - 1]

    history = _rows(namespace["fit"](model, train, validate, epochs, patience))
    return [history, [float(v.sum()) / v.numel() for v in model.state_dict().values()], calls]


def _rows(history):
    rows = [list(row) if hasattr(row, "__iter__") else [] for row in history] if hasattr(history, "__iter__") else [[]]
    pairs = all(len(row) == 2 and all(isinstance(one, (int, float, np.number)) for one in row) for row in rows)
    return rows if pairs else None


def in_batches(namespace, images, labels, size, seed, epochs):
    """Call batches over a dataset; return all batches of each epoch, and which examples were taken in order.

    Where something else than pairs comes, one after another, there is None in place of the epochs.
    """
    dataset = _Counted(images, labels)
    generator = None if seed is None else torch.Generator().manual_seed(seed)
    made = [[_pair(one) for one in _each(namespace["batches"](dataset, size, generator))] for _ in range(epochs)]
    return [None if any(one is None for epoch in made for one in epoch) else made, dataset.taken]


def first_batch(namespace, images, labels, size, seed):
    """Take one batch only; return it, or None where it is no pair, and which examples were taken for it."""
    dataset = _Counted(images, labels)
    generator = None if seed is None else torch.Generator().manual_seed(seed)
    one = next(iter(_each(namespace["batches"](dataset, size, generator))), None)
    return [_pair(one), dataset.taken]


def _each(answer):
    return answer if hasattr(answer, "__iter__") else [None]


def _pair(one):
    return list(one) if isinstance(one, (tuple, list)) and len(one) == 2 else None


def gradient(namespace, name, place, cotangent, *args):
    """Return the gradient of an answer's answer with respect to argument `place`, which may be a list of tensors.

    Where none reaches a tensor, there is None in its place.
    """
    args = list(args)
    leaves = args[place] if isinstance(args[place], list) else [args[place]]
    leaves = [leaf.clone().requires_grad_() for leaf in leaves]
    args[place] = leaves if isinstance(args[place], list) else leaves[0]
    total = (namespace[name](*args) * cotangent).sum()
    if total.requires_grad:  # else nothing that was given is known to it
        total.backward()
    return [leaf.grad for leaf in leaves]


def fresh(namespace, images):
    """Make two networks; return their logits, parameter counts, kinds of layers and whether they share weights."""
    torch.manual_seed(3)
    one, other = namespace["make_cnn"](), namespace["make_cnn"]()
    one.eval()
    with torch.no_grad():
        logits, alone = one(images), one(images[:1])
    shared = {p.data_ptr() for p in one.parameters()} & {p.data_ptr() for p in other.parameters()}
    convolutions = sum(isinstance(layer, nn.Conv2d) for layer in one.modules())
    return [logits, alone, sum(p.numel() for p in one.parameters()), convolutions, bool(shared)]


def by_heart(namespace, images, labels, rounds, asked):
    """Let a fresh network learn one batch by heart; return its logits of the pictures `asked` afterwards."""
    torch.manual_seed(4)
    model = namespace["make_cnn"]()
    _train(model, [(images, labels)], rounds, 0.01)
    model.eval()
    with torch.no_grad():
        return model(asked)


def _mlp():
    """Return the network that the notebook gives, whatever is called so afterwards; its weights have the same names."""
    linear = (nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    return nn.Sequential(OrderedDict(layers=nn.Sequential(nn.Flatten(), *linear)))


def read(namespace, name, images):
    """Return what the trained network `name` reads in uint8 pictures; where the notebook trained none, train one.

    Its weights are put into a fresh network of that kind, the given MLP or make_cnn's; where they do not fit, or are
    not there, and always for a "plain MLP" or a "plain CNN", one is trained: the MLP by the notebook's train_epoch, the
    CNN by a loop of ours, so that nobody's answer is judged by another that does not work.
    """
    mean, std = namespace.get("mean"), namespace.get("std")
    kind = name.removeprefix("plain ")
    model = _mlp() if kind == "MLP" else namespace["make_cnn"]()
    known = all(isinstance(one, (float, np.floating)) for one in (mean, std)) and kind == name
    if not (known and _kept(namespace, name, model)):
        model, mean, std = _trained(namespace, kind)
    model = model.to("cpu").eval()
    with torch.no_grad():
        return torch.cat([model(((some.float() / 255 - mean) / std)[:, None]) for some in images.split(250)]).argmax(1)


def _kept(namespace, name, model):
    """Put the weights of the network that the notebook trained into `model`; return whether they are there and fit."""
    try:
        state = {key: value.to("cpu") for key, value in namespace["trained"][name].state_dict().items()}
        model.load_state_dict(state, strict=True)
    except Exception:  # noqa: BLE001  (whatever else stands there, it is no network of this kind)
        return False
    return bool(state)


def _trained(namespace, name):
    pictures, labels, mean, std = _digits(namespace)
    torch.manual_seed(namespace["SEED"])
    if name == "MLP":
        model = _mlp()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
        for _ in range(namespace["EPOCHS"]):
            namespace["train_epoch"](model, _cut(pictures, labels), optimizer)
    else:
        model = namespace["make_cnn"]()
        for _ in range(namespace["EPOCHS"]):
            _train(model, _cut(pictures, labels), 1, 0.02)
    return model, mean, std


def _digits(namespace):
    import coursedata
    from coursedata.digits import draw_digits

    count = namespace["TRAIN"]
    if namespace["DIGITS"] == "mnist":
        count *= 3
        for file in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
            folder = coursedata.fetch(f"mnist/{file}").parent
        images, labels = (one[:count] for one in namespace["read_digits"](folder, "train"))
    else:
        images, labels = map(torch.from_numpy, draw_digits(count, seed=namespace["SEED"]))
    images = images[: count - count // 5].float() / 255
    mean, std = images.mean().item(), images.std().item()
    return (images[:, None] - mean) / std, labels[: len(images)].long(), mean, std


def _cut(pictures, labels):
    return [(pictures[some], labels[some]) for some in torch.randperm(len(labels)).split(64)]


def _train(model, batches, rounds, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    model.train()
    for _ in range(rounds):
        for images, labels in batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(images), labels).backward()
            optimizer.step()
