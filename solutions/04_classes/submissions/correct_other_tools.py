"""
note = "property() and classmethod() called, super with arguments, CrossEntropyLoss, inference_mode, a lambda as hook"
"""

# %% meter
class Meter:
    """A mean that remembers, as a running mean."""

    def __init__(self, name):
        self.name, self._mean, self._n = name, 0.0, 0

    def add(self, mean, count=1):
        self._n += count
        self._mean += (mean - self._mean) * count / self._n

    def _get(self):
        if not self._n:
            raise ValueError(self.name)
        return self._mean

    value = property(_get)

    def _of(cls, name, values):
        made = cls(name)
        [made.add(value) for value in values]
        return made

    of = classmethod(_of)

    def __len__(self):
        return self._n

    def __repr__(self):
        return f"{type(self).__name__}('{self.name}', " + (f"{self._mean:.4f} after {self._n})" if self._n else "empty)")

# %% recipe
import dataclasses


@dataclasses.dataclass
class Recipe:
    """The settings of a run."""

    name: "str"
    epochs: "int" = 3
    rate: "float" = 0.1
    sizes: "list[int]" = dataclasses.field(default_factory=[784, 32, 10].copy)

    def __post_init__(self):
        self.sizes = self.sizes[:]
        if not (self.epochs >= 1 and self.rate > 0):
            raise ValueError(f"bad settings: {self}")

    def changed(self, **changes):
        return self.__class__(**{**vars(self), **changes})

    def to_json(self):
        return json.dumps(vars(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))

# %% classifier
class Classifier(Trainer):
    """A Trainer for labels."""

    criterion = nn.CrossEntropyLoss()

    def loss(self, batch):
        return self.criterion(self.model(batch[0]), batch[1])

    @torch.inference_mode()
    def accuracy(self, loader):
        self.model.train(False)
        pairs = [(self.model(x.to(self.device)).max(dim=1).indices, y.to(self.device)) for x, y in loader]
        guesses, labels = map(torch.cat, zip(*pairs))
        return torch.mean((guesses == labels).double()).item()

# %% scheduled
class Scheduled(Trainer):
    """A learning rate that shrinks."""

    def __init__(self, *positional, **keywords):
        self.factor = keywords.pop("factor", 0.5)
        super(Scheduled, self).__init__(*positional, **keywords)
        self.rates = []

    def train_epoch(self, loader):
        loss = super(Scheduled, self).train_epoch(loader)
        groups = self.optimizer.param_groups
        self.rates += [groups[0]["lr"]]
        for group in groups:
            group.update(lr=group["lr"] * self.factor)
        return loss

# %% net
class Net(torch.nn.Module):
    """Standardise, then linear layers."""

    mean: torch.Tensor
    std: torch.Tensor

    def __init__(self, sizes, mean, std):
        super(Net, self).__init__()
        for name, moment in (("mean", mean), ("std", std)):
            self.register_buffer(name, moment.detach().clone())
        self.layers = nn.ModuleList([nn.Linear(*pair) for pair in zip(sizes, sizes[1:])])

    def forward(self, images):
        *hidden, last = self.layers
        x = torch.flatten(images, start_dim=1).sub(self.mean).div(self.std)
        for layer in hidden:
            x = layer(x).clamp(min=0)
        return last(x)

# %% watch
import contextlib


class Watch(contextlib.AbstractContextManager):
    """Notes what a module says."""

    def __init__(self, module):
        self.module, self.outputs = module, []

    def __enter__(self):
        self.outputs = kept = []
        self.hook = self.module.register_forward_hook(lambda module, inputs, output: kept.append(output.clone().detach()))
        return self

    def __exit__(self, *error):
        self.hook.remove()

# %% full_snapshot
class FullSnapshot(Snapshot):
    """By way of bytes, as a file would."""

    def take(self, trainer):
        import io

        file = io.BytesIO()
        torch.save({**super().take(trainer), "rng": torch.get_rng_state()}, file)
        file.seek(0)
        return torch.load(file, weights_only=True)  # public

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy({key: value for key, value in state.items() if key != "rng"}))
        torch.set_rng_state(state["rng"])

# %% saliency
def saliency(model, images, labels):
    with torch.enable_grad():
        pixels = images.detach().clone().requires_grad_(True)
        scores = model(pixels).gather(1, labels[:, None])
        return torch.autograd.grad(scores, pixels, grad_outputs=torch.ones_like(scores))[0].abs()

# %% windows
class Windows(torch.utils.data.Dataset):
    """By unfold."""

    def __init__(self, trace, length, hop=1):
        self.rows = trace.unfold(0, length + 1, hop) if len(trace) > length else trace.new_zeros(0, length + 1)

    def __len__(self):
        return self.rows.shape[0]

    def __getitem__(self, number):
        row = self.rows[number]
        return row[:-1], row[-1:]
