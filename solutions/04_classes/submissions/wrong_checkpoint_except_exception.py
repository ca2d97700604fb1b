"""
part = "checkpoint"
verdict = "wrong"
misconception = "Ctrl-C is an Exception like all others"
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
        self.folder.mkdir(parents=True, exist_ok=True)

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        self._write("last.pt", state)
        *earlier, now = [row["valid"] for row in trainer.history]
        if now < min((loss for loss in earlier if not math.isnan(loss)), default=math.inf):
            self._write("best.pt", state)

    def _write(self, name, state):
        temporary = self.folder / f"{name}.part"
        try:
            torch.save(state, temporary)
            os.replace(temporary, self.folder / name)
        except Exception:
            temporary.unlink(missing_ok=True)
            raise
