"""
note = "keeps everything, counts in loops, writes each step on a line of its own"
"""

# %% meter
class Meter:
    """Remembers all batches."""

    def __init__(self, name):
        self.name = name
        self.batches = []

    def add(self, mean, count=1):
        self.batches.append((mean, count))

    def __len__(self):
        total = 0
        for _, count in self.batches:
            total = total + count
        return total

    @property
    def value(self):
        if len(self) == 0:
            raise ValueError("no samples yet: " + self.name)
        total = 0.0
        for mean, count in self.batches:
            total = total + mean * count
        return total / len(self)

    def __repr__(self):
        title = self.__class__.__name__ + "('" + self.name + "', "
        if len(self) == 0:
            return title + "empty)"
        return title + "%.4f after %d)" % (self.value, len(self))

    @classmethod
    def of(cls, name, values):
        made = cls(name)
        for value in values:
            made.add(value, 1)
        return made

# %% recipe
@dataclass
class Recipe:
    """The settings of a run."""

    name: str
    epochs: int = 3
    rate: float = 0.1
    sizes: list[int] = None

    def __post_init__(self):
        if self.sizes is None:
            self.sizes = [784, 32, 10]
        self.sizes = [size for size in self.sizes]
        if self.epochs < 1:
            raise ValueError("too few epochs")
        if self.rate > 0:
            return
        raise ValueError("the rate must be positive")

    def changed(self, **changes):
        values = {"name": self.name, "epochs": self.epochs, "rate": self.rate, "sizes": self.sizes}
        values.update(changes)
        return type(self)(**values)

    def to_json(self):
        return json.dumps({"name": self.name, "epochs": self.epochs, "rate": self.rate, "sizes": self.sizes}, indent=2)

    @classmethod
    def from_json(cls, text):
        values = json.loads(text)
        return cls(**values)

# %% classifier
class Classifier(Trainer):
    """A Trainer for labels."""

    def loss(self, batch):
        logits = self.model(batch[0])
        log_probabilities = logits.log_softmax(dim=1)
        total = 0.0
        for row, label in zip(log_probabilities, batch[1]):
            total = total - row[label]
        return total / len(batch[1])

    def accuracy(self, loader):
        right = []
        self.model.eval()
        with torch.no_grad():
            for batch in loader:
                images, labels = [part.to(self.device) for part in batch]
                right += (self.model(images).argmax(1) == labels).tolist()
        return sum(right) / len(right)

# %% scheduled
class Scheduled(Trainer):
    """A learning rate that shrinks."""

    def __init__(self, model, optimizer, device="cpu", factor=0.5, **others):
        super().__init__(model, optimizer, device, **others)
        self.factor = factor
        self.rates = list()

    def train_epoch(self, loader):
        used = self.optimizer.param_groups[0]["lr"]
        result = super().train_epoch(loader)
        self.rates = self.rates + [used]
        for group in self.optimizer.param_groups:
            group["lr"] = group["lr"] * self.factor
        return result

# %% net
class Net(nn.Module):
    """Standardise, then linear layers."""

    def __init__(self, sizes, mean, std):
        nn.Module.__init__(self)
        self.layers = nn.ModuleList()
        for i in range(len(sizes) - 1):
            self.layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        self.register_buffer("mean", copy.deepcopy(mean))
        self.register_buffer("std", torch.tensor(std.tolist()))

    def forward(self, images):
        x = images.reshape(images.shape[0], -1)
        x = x - self.mean
        x = x / self.std
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < len(self.layers) - 1:
                x = torch.relu(x)
        return x

# %% watch
class Watch:
    """Notes what a module says."""

    def __init__(self, module):
        self.module = module
        self.outputs = []
        self.handles = []

    def __enter__(self):
        outputs = []
        self.outputs = outputs

        def note(module, inputs, output):
            outputs.append(torch.tensor(output.detach().numpy().copy()))

        self.handles.append(self.module.register_forward_hook(note))
        return self

    def __exit__(self, *_):
        self.handles.pop().remove()
        return False

# %% full_snapshot
class FullSnapshot(Snapshot):
    """Copies on both ways."""

    def take(self, trainer):
        live = super().take(trainer)
        state = {}
        for key in live:
            state[key] = copy.deepcopy(live[key])
        state["rng"] = torch.random.get_rng_state().clone()
        return state

    def put(self, trainer, state):
        mine = copy.deepcopy(state)
        super().put(trainer, mine)
        torch.random.set_rng_state(mine["rng"])

# %% checkpoint
class Checkpoint:
    """Last and best."""

    def __init__(self, folder, snapshot):
        os.makedirs(folder, exist_ok=True)
        self.folder = str(folder)
        self.snapshot = snapshot

    def update(self, trainer):
        losses = [row["valid"] for row in trainer.history]
        names = ["last.pt"]
        best = None
        for epoch, loss in enumerate(losses):
            if loss == loss and (best is None or loss < losses[best]):
                best = epoch
        if best == len(losses) - 1:
            names.append("best.pt")
        for name in names:
            path = os.path.join(self.folder, name)
            try:
                with open(path + ".tmp", "wb") as file:
                    torch.save(self.snapshot.take(trainer), file)
                os.replace(path + ".tmp", path)
            except BaseException:
                if os.path.exists(path + ".tmp"):
                    os.remove(path + ".tmp")
                raise

# %% read_checkpoint
def read_checkpoint(path, model):
    name = os.path.basename(path)
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    try:
        with open(path, "rb") as file:
            state = torch.load(file, weights_only=True, map_location=torch.device("cpu"))
    except Exception:
        raise CheckpointError("cannot read " + name)
    if type(state) is not dict or "model" not in state or not hasattr(state["model"], "keys"):
        raise CheckpointError("no checkpoint: " + name)
    own = model.state_dict()
    for key in own:
        if key not in state["model"]:
            raise CheckpointError(name + " lacks " + key)
        if state["model"][key].shape != own[key].shape:
            raise CheckpointError(name + " has another shape of " + key)
    for key in state["model"]:
        if key not in own:
            raise CheckpointError(name + " has too much: " + key)
    return state

# %% saliency
def saliency(model, images, labels):
    maps = []
    for image, label in zip(images, labels):
        pixels = image.clone()[None]
        pixels.requires_grad = True
        logit = model(pixels)[0, label]
        maps.append(torch.autograd.grad(logit, pixels)[0][0].abs())
    return torch.stack(maps)

# %% windows
class Windows:
    """All pairs in a list."""

    def __init__(self, trace, length, hop=1):
        self.pairs = []
        start = 0
        while start + length < len(trace):
            self.pairs.append((trace[start : start + length], trace[start + length][None]))
            start += hop

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        return self.pairs[i]
