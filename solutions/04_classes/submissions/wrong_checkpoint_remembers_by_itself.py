"""
part = "checkpoint"
verdict = "wrong"
misconception = "the object that remembers the best is always the same"
see = "cell:checkpoint_seen"
"""

# %% checkpoint
class Checkpoint:
    """Keeps the last and the best epoch of a trainer in a folder, as last.pt and best.pt.

    Checkpoint(folder, snapshot): folder Path or str, made if missing; snapshot has take(trainer).
    update(trainer): after each epoch.
    """

    def __init__(self, folder, snapshot):
        self.folder = Path(folder)
        self.snapshot = snapshot
        self.best = math.inf
        self.folder.mkdir(parents=True, exist_ok=True)

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        self._write("last.pt", state)
        now = trainer.history[-1]["valid"]
        if now < self.best:
            self.best = now
            self._write("best.pt", state)

    def _write(self, name, state):
        temporary = self.folder / f"{name}.part"
        try:
            torch.save(state, temporary)
            os.replace(temporary, self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)
