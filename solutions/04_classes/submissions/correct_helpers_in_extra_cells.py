"""
note = "functions and a mixin of one's own stand in extra cells"
"""

# %% extra
def weighted(pairs):
    """Return sum of weights and weighted sum."""
    pairs = list(pairs)
    return sum(count for _, count in pairs), sum(mean * count for mean, count in pairs)


class Named:
    """Something with a name."""

    def __init__(self, name):
        self.name = name

# %% meter
class Meter(Named):
    """A mean that remembers."""

    def __init__(self, name):
        super().__init__(name)  # public
        self.pairs = []

    def add(self, mean, count=1):
        self.pairs.append((mean, count))

    def __len__(self):
        return weighted(self.pairs)[0]

    @property
    def value(self):
        count, total = weighted(self.pairs)
        try:
            return total / count
        except ZeroDivisionError:
            raise ValueError(f"meter {self.name} is empty") from None

    @classmethod
    def of(cls, name, values):
        meter = cls(name)
        for value in values:
            meter.add(value)
        return meter

    def __repr__(self):
        try:
            inside = f"{self.value:.4f} after {len(self)}"
        except ValueError:
            inside = "empty"
        return f"{type(self).__qualname__.split('.')[-1]}({self.name!r}, {inside})"

# %% extra
import tempfile


def save_whole(state, path):
    """Write a file or nothing."""
    number, name = tempfile.mkstemp(dir=path.parent)
    os.close(number)
    try:
        torch.save(state, name)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def shapes_of(state):
    """Return names with shapes."""
    return {(name, tensor.shape) for name, tensor in state.items()}

# %% checkpoint
class Checkpoint:
    """Last and best."""

    def __init__(self, folder, snapshot):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.snapshot = snapshot

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        save_whole(state, self.folder / "last.pt")
        losses = np.array([row["valid"] for row in trainer.history])
        if not np.isnan(losses[-1]) and (losses[:-1] <= losses[-1]).sum() == 0:
            save_whole(state, self.folder / "best.pt")

# %% read_checkpoint
def read_checkpoint(path, model):
    path = Path(path)
    data = path.read_bytes()
    try:
        import io

        state = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
        saved = shapes_of(state["model"])
    except Exception as error:
        raise CheckpointError(f"{path.name}: {type(error).__name__}") from error
    odd = saved ^ shapes_of(model.state_dict())
    if odd:
        raise CheckpointError(f"{path.name} does not fit at {sorted(name for name, _ in odd)}")
    return state
