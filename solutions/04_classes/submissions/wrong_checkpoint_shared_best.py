"""
part = "checkpoint"
verdict = "wrong"
misconception = "what stands in the class body belongs to each object"
see = "cell:shared_seen"
"""

# %% checkpoint
class Checkpoint:
    """Keeps the last and the best epoch of a trainer in a folder, as last.pt and best.pt.

    Checkpoint(folder, snapshot): folder Path or str, made if missing; snapshot has take(trainer).
    update(trainer): after each epoch.
    """

    best = [math.inf]

    def __init__(self, folder, snapshot):
        self.folder = Path(folder)
        self.snapshot = snapshot
        self.folder.mkdir(parents=True, exist_ok=True)

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        self._write("last.pt", state)
        now = trainer.history[-1]["valid"]
        if now < self.best[0]:
            self.best[0] = now
            self._write("best.pt", state)

    def _write(self, name, state):
        temporary = self.folder / f"{name}.part"
        try:
            torch.save(state, temporary)
            os.replace(temporary, self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)
