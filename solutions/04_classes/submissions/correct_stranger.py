"""
note = "worked out from the released text alone, hint by hint"
"""

# %% guess_shared
guess_shared = {"Shared": [1], "Own": []}

# %% meter
class Meter:
    """The mean over samples that come batch by batch."""

    def __init__(self, name):
        self.name = name
        self.sum = 0
        self.n = 0

    def add(self, mean, count=1):
        self.sum = self.sum + count * mean
        self.n = self.n + count

    @property
    def value(self):
        if self.n == 0:
            raise ValueError(f"the meter {self.name} is empty")
        return self.sum / self.n

    def __len__(self):
        return self.n

    def __repr__(self):
        kind = type(self).__name__
        if self.n == 0:
            return f"{kind}({self.name!r}, empty)"
        return f"{kind}({self.name!r}, {self.value:.4f} after {self.n})"

    @classmethod
    def of(cls, name, values):
        new = cls(name)
        for v in values:
            new.add(v)
        return new

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
            raise ValueError("epochs must be at least 1")
        if not (self.rate > 0):
            raise ValueError("rate must be above 0")
        self.sizes = list(self.sizes)

    def changed(self, **changes):
        new = replace(self, **changes)
        return new

    def to_json(self):
        d = asdict(self)
        return json.dumps(d)

    @classmethod
    def from_json(cls, text):
        d = json.loads(text)
        return cls(**d)

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
        right = 0
        samples = 0
        for batch in loader:
            batch = [part.to(self.device) for part in batch]
            images, labels = batch
            logits = self.model(images)
            largest = logits.argmax(dim=1)
            right += (largest == labels).sum().item()
            samples += len(batch[0])
        return right / samples

# %% scheduled
class Scheduled(Trainer):
    """A Trainer whose learning rate shrinks."""

    def __init__(self, *args, factor=0.5, **kwargs):
        super().__init__(*args, **kwargs)
        self.rates = []
        self.factor = factor

    def train_epoch(self, loader):
        answer = super().train_epoch(loader)
        groups = self.optimizer.param_groups
        self.rates.append(groups[0]["lr"])
        for g in groups:
            g["lr"] = g["lr"] * self.factor
        return answer

# %% net
class Net(nn.Module):
    """Linear layers with ReLU between them."""

    def __init__(self, sizes, mean, std):
        super().__init__()
        layers = []
        for before, after in pairwise(sizes):
            layers.append(nn.Linear(before, after))
        self.layers = nn.ModuleList(layers)
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())

    def forward(self, images):
        x = images.flatten(1)
        x = x - self.mean
        x = x / self.std
        for layer in self.layers[:-1]:
            x = layer(x)
            x = functional.relu(x)
        x = self.layers[-1](x)
        return x

# %% watch
class Watch:
    """Collects what a module returns."""

    def __init__(self, module):
        self.module = module
        self.outputs = []

    def _note(self, module, inputs, output):
        self.outputs.append(output.detach().clone())

    def __enter__(self):
        self.outputs = []
        self.handle = self.module.register_forward_hook(self._note)
        return self

    def __exit__(self, kind, error, trace):
        self.handle.remove()

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A real copy that knows the generator."""

    def take(self, trainer):
        state = super().take(trainer)
        state = copy.deepcopy(state)
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        own = copy.deepcopy(state)
        super().put(trainer, own)
        torch.set_rng_state(own["rng"])

# %% checkpoint
class Checkpoint:
    """Keeps the last and the best epoch."""

    def __init__(self, folder, snapshot):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.snapshot = snapshot

    def _write(self, name, state):
        part = self.folder / (name + ".part")
        try:
            torch.save(state, part)
            os.replace(part, self.folder / name)
        finally:
            part.unlink(missing_ok=True)  # public

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        self._write("last.pt", state)
        losses = [row["valid"] for row in trainer.history]
        last = losses[-1]
        before = [loss for loss in losses[:-1] if not math.isnan(loss)]
        if math.isnan(last):
            return
        if last < min(before, default=math.inf):
            self._write("best.pt", state)

# %% read_checkpoint
def read_checkpoint(path, model):
    name = Path(path).name
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)  # public
    except FileNotFoundError:
        raise
    except Exception as error:
        raise CheckpointError(f"{name} cannot be read") from error
    if not isinstance(state, dict):
        raise CheckpointError(f"{name} holds no dict")
    if not isinstance(state.get("model"), dict):
        raise CheckpointError(f"{name} holds no model")
    first = {n: tuple(t.shape) for n, t in state["model"].items()}
    second = {n: tuple(t.shape) for n, t in model.state_dict().items()}
    for n in first | second:
        if first.get(n) != second.get(n):
            raise CheckpointError(f"{name} does not fit at {n}")
    return state

# %% saliency
def saliency(model, images, labels):
    pictures = images.clone().detach()
    pictures.requires_grad = True
    logits = model(pictures)
    n = torch.arange(len(pictures))
    number = logits[n, labels].sum()
    gradient = torch.autograd.grad(number, pictures)[0]
    return gradient.abs()

# %% windows
class Windows:
    """A trace cut into windows."""

    def __init__(self, trace, length, hop=1):
        self.trace = trace
        self.length = length
        self.hop = hop

    def __len__(self):
        return len(range(0, len(self.trace) - self.length, self.hop))

    def __getitem__(self, i):
        if i < 0:
            i = i + len(self)
        if i < 0 or i >= len(self):
            raise IndexError(i)
        begin = i * self.hop
        end = begin + self.length
        return self.trace[begin:end], self.trace[end : end + 1]
