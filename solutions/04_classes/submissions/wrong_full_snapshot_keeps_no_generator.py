"""
part = "full_snapshot"
verdict = "wrong"
misconception = "weights and optimiser are all that a run is"
see = "cell:resume_seen"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A Snapshot that is a real copy and knows the random generator.

    take(trainer): dict with "model", "optimizer", "history", "rng"; put(trainer, state): leaves `state` as it was.
    """

    def take(self, trainer):
        return copy.deepcopy(super().take(trainer))

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy(state))
