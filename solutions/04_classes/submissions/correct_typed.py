"""
note = "type hints everywhere, private helpers, PyTorch's own schedule"
"""

# %% meter
from collections.abc import Iterable


class Meter:
    """A mean that remembers."""

    def __init__(self, name: str) -> None:
        self.name: str = name
        self.total: float = 0
        self.samples: int = 0

    def add(self, mean: float, count: int = 1) -> None:
        self.total, self.samples = self.total + mean * count, self.samples + count

    @classmethod
    def of(cls, name: str, values: Iterable[float]) -> "Meter":
        meter = cls(name=name)
        for value in values:
            meter.add(mean=value)
        return meter

    @property
    def value(self) -> float:
        if not len(self):
            raise ValueError(f"nothing in {self!r}")
        return self.total / self.samples

    def __len__(self) -> int:
        return self.samples

    def __repr__(self) -> str:
        if self.samples:
            return f"{self.__class__.__name__}({self.name!r}, {format(self.value, '.4f')} after {self.samples})"
        return f"{self.__class__.__name__}({self.name!r}, empty)"

# %% classifier
class Classifier(Trainer):
    """A Trainer for labels."""

    def loss(self, batch: list[torch.Tensor]) -> torch.Tensor:
        images, labels = batch
        return nn.functional.nll_loss(nn.functional.log_softmax(self.model(images), dim=-1), labels, reduction="mean")

    @torch.no_grad()
    def accuracy(self, loader: DataLoader) -> float:
        self.model.eval()
        right, seen = 0, 0
        for batch in loader:
            images, labels = (part.to(self.device) for part in batch)
            right += int(torch.eq(self.model(images).argmax(-1), labels).sum())
            seen += labels.numel()
        return right / seen

# %% scheduled
class Scheduled(Trainer):
    """A Trainer with a schedule of PyTorch's."""

    def __init__(self, *args, factor: float = 0.5, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.factor = factor
        self.rates: list[float] = []
        self.schedule = torch.optim.lr_scheduler.ExponentialLR(self.optimizer, gamma=factor)

    def train_epoch(self, loader: DataLoader) -> float:
        mean = super().train_epoch(loader)
        self.rates.append(self.schedule.get_last_lr()[0])
        self.schedule.step()
        return mean

# %% full_snapshot
class FullSnapshot(Snapshot):
    """All that a resumed run needs."""

    def take(self, trainer: Trainer) -> dict:
        return copy.deepcopy(dict(super().take(trainer), rng=torch.get_rng_state()))

    def put(self, trainer: Trainer, state: dict) -> None:
        fresh = copy.deepcopy(state)
        torch.set_rng_state(fresh["rng"])
        super().put(trainer, fresh)

# %% checkpoint
class Checkpoint:
    """Last and best."""

    def __init__(self, folder: str | Path, snapshot: Snapshot) -> None:
        self.last = Path(folder, "last.pt")
        self.best = Path(folder, "best.pt")
        self.last.parent.mkdir(parents=True, exist_ok=True)
        self.snapshot = snapshot

    def update(self, trainer: Trainer) -> None:
        state = self.snapshot.take(trainer)
        self._replace(self.last, state)
        if self._is_best(trainer.history):
            self._replace(self.best, state)

    @staticmethod
    def _is_best(history: list[dict]) -> bool:
        now = history[-1]["valid"]
        return not math.isnan(now) and not any(row["valid"] <= now for row in history[:-1])

    @staticmethod
    def _replace(path: Path, state: dict) -> None:
        other = path.with_suffix(".new")
        try:
            torch.save(state, other)
            other.replace(path)
        except BaseException:
            other.unlink(missing_ok=True)
            raise
