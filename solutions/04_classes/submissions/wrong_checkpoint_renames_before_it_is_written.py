"""
part = "checkpoint"
verdict = "wrong"
misconception = "what was written to an open file is in the file"
see = "cell:checkpoint_seen"
"""

# %% checkpoint
import io


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
        content = io.BytesIO()
        torch.save(state, content)
        try:
            with open(temporary, "wb") as file:
                file.write(content.getvalue())
                os.replace(temporary, self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)
