"""
note = "a beginner's answers, from the released text alone"
"""

# %% guess_friday
guess_friday = {"losses": 6, "fresh weights": False, "best is best": True}

# %% guess_shared
guess_shared = {"Shared": [1], "Own": []}

# %% meter
class Meter:
    """The mean over samples that come batch by batch."""

    def __init__(self, name):
        self.name = name
        self.total = 0.0
        self.count = 0

    def add(self, mean, count=1):
        self.total += mean * count
        self.count += count

    @property
    def value(self):
        if self.count == 0:
            raise ValueError(f"{self.name} has seen no samples")
        return self.total / self.count

    def __len__(self):
        return self.count

    def __repr__(self):
        kind = type(self).__name__
        if self.count == 0:
            return f"{kind}({self.name!r}, empty)"
        return f"{kind}({self.name!r}, {self.value:.4f} after {self.count})"

    @classmethod
    def of(cls, name, values):
        meter = cls(name)
        for value in values:
            meter.add(value)
        return meter

# %% guess_default
guess_default = [2]

# %% recipe
@dataclass
class Recipe:
    """The settings of a run."""

    name: str
    epochs: int = 3
    rate: float = 0.1
    sizes: list = field(default_factory=lambda: [784, 32, 10])

    def __post_init__(self):
        if self.epochs < 1:
            raise ValueError("a recipe needs at least one epoch")
        if not self.rate > 0:
            raise ValueError("the rate must be above 0")
        self.sizes = list(self.sizes)

    def changed(self, **changes):
        return replace(self, **changes)

    def to_json(self):
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))

# %% classifier
class Classifier(Trainer):
    """A Trainer for labels."""

    def loss(self, batch):
        images, labels = batch
        logits = self.model(images)
        return functional.cross_entropy(logits, labels)  # public

    @torch.no_grad()
    def accuracy(self, loader):
        self.model.eval()
        right = samples = 0
        for batch in loader:
            images, labels = [part.to(self.device) for part in batch]
            best = self.model(images).argmax(dim=1)
            right += (best == labels).sum().item()
            samples += len(labels)
        return right / samples

# %% guess_mro
guess_mro = {"B": "BA", "D": "BCA"}

# %% scheduled
class Scheduled(Trainer):
    """A Trainer whose learning rate shrinks."""

    def __init__(self, *args, factor=0.5, **kwargs):
        super().__init__(*args, **kwargs)
        self.factor = factor
        self.rates = []

    def train_epoch(self, loader):
        mean = super().train_epoch(loader)
        self.rates.append(self.optimizer.param_groups[0]["lr"])
        for group in self.optimizer.param_groups:
            group["lr"] *= self.factor
        return mean

# %% net
class Net(nn.Module):
    """Linear layers with ReLU between them."""

    def __init__(self, sizes, mean, std):
        super().__init__()
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in pairwise(sizes)])

    def forward(self, images):
        x = images.flatten(1)
        x = (x - self.mean) / self.std
        for layer in self.layers[:-1]:
            x = layer(x).relu()
        return self.layers[-1](x)

# %% watch
class Watch:
    """Collects what a module returns."""

    def __init__(self, module):
        self.module = module
        self.outputs = []

    def __enter__(self):
        self.outputs = []
        self.handle = self.module.register_forward_hook(self._note)
        return self

    def __exit__(self, kind, error, trace):
        self.handle.remove()

    def _note(self, module, inputs, output):
        self.outputs.append(output.detach().clone())

# %% guess_resume
guess_resume = {"with dropout and shuffle": False, "without": True}

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A real copy, with the random generator."""

    def take(self, trainer):
        state = copy.deepcopy(super().take(trainer))
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy(state))
        torch.set_rng_state(state["rng"])

# %% checkpoint
class Checkpoint:
    """Keeps the last and the best epoch in a folder."""

    def __init__(self, folder, snapshot):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.snapshot = snapshot

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        self._write("last.pt", state)
        losses = [row["valid"] for row in trainer.history]
        before = [loss for loss in losses[:-1] if not math.isnan(loss)]
        if losses[-1] < min(before, default=math.inf):
            self._write("best.pt", state)

    def _write(self, name, state):
        other = self.folder / (name + ".tmp")
        try:
            torch.save(state, other)
            os.replace(other, self.folder / name)
        finally:
            other.unlink(missing_ok=True)

# %% read_checkpoint
def read_checkpoint(path, model):
    """Return the state in a checkpoint that fits a model."""
    path = Path(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)  # public
    except FileNotFoundError:
        raise
    except Exception as error:
        raise CheckpointError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(state, dict) or not isinstance(state.get("model"), dict):
        raise CheckpointError(f"{path.name} has no weights under 'model'")
    first = {name: tuple(tensor.shape) for name, tensor in state["model"].items()}
    second = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    for name in first | second:
        if first.get(name) != second.get(name):
            raise CheckpointError(
                f"{path.name} does not fit: {name} is {first.get(name)} in the file and {second.get(name)} in the model"
            )
    return state

# %% guess_optimism
guess_optimism = {40: 6, 160: 1, 640: 0}

# %% saliency
def saliency(model, images, labels):
    """Return how strongly each pixel moves the logit of the label."""
    images = images.detach().clone().requires_grad_()
    logits = model(images)
    chosen = logits[torch.arange(len(labels)), labels].sum()
    (slope,) = torch.autograd.grad(chosen, images)
    return slope.abs()

# %% windows
class Windows:
    """A trace cut into windows, each with the value that follows it."""

    def __init__(self, trace, length, hop=1):
        self.trace = trace
        self.length = length
        self.hop = hop

    def __len__(self):
        return len(range(0, len(self.trace) - self.length, self.hop))

    def __getitem__(self, i):
        if i < 0:
            i += len(self)
        if not 0 <= i < len(self):
            raise IndexError(f"there are only {len(self)} windows")
        begin = i * self.hop
        end = begin + self.length
        return self.trace[begin:end], self.trace[end : end + 1]
