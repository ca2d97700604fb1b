"""
note = "habits of people who know more: shares in float32, the logits' device, a parent class, more keys and buffers"
"""
# %% meter
class Counted:
    def __init__(self, name):
        self.name, self.total, self.count = name, 0.0, 0

    @property
    def value(self):
        if not self.count:
            raise ValueError(f"nothing came to {self.name}")
        return self.total / self.count

    @classmethod
    def of(cls, name, values):
        made = cls(name)
        for value in values:
            made.add(value)
        return made

class Meter(Counted):
    def add(self, mean, count=1):
        self.total += mean * count
        self.count += count

    def __len__(self):
        return self.count

    def __repr__(self):
        inside = f"{self.value:.4f} after {self.count}" if self.count else "empty"
        return f"{self.__class__.__name__}({self.name!r}, {inside})"

# %% classifier
class Classifier(Trainer):
    def loss(self, batch):
        return functional.cross_entropy(self.model(batch[0]), batch[1])

    def accuracy(self, loader):
        self.model.eval()
        right = torch.zeros((), dtype=torch.int64)
        with torch.set_grad_enabled(False):
            for images, labels in loader:
                logits = self.model(images.to(self.device))
                right += (logits.argmax(1) == labels.to(logits.device)).sum()
        return (right / len(loader.dataset)).item()

# %% net
class Net(nn.Module):
    def __init__(self, sizes, mean, std):
        super().__init__()
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())
        self.register_buffer("seen", torch.zeros(()), persistent=False)
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])

    def forward(self, images):
        hidden = images.flatten(1).sub(self.mean).div(self.std)
        *inner, last = self.layers
        for layer in inner:
            hidden = layer(hidden).relu()
        return last(hidden)

# %% full_snapshot
class FullSnapshot(Snapshot):
    def take(self, trainer):
        state = copy.deepcopy(super().take(trainer))
        return {**state, "rng": torch.get_rng_state(), "version": 1}

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy(state))
        torch.set_rng_state(state["rng"])
