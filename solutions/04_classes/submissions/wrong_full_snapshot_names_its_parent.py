"""
part = "full_snapshot"
verdict = "raised"
misconception = "super() is another way of writing the parent's name"
see = "cell:mro_seen"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A Snapshot that is a real copy and knows the random generator.

    take(trainer): dict with "model", "optimizer", "history", "rng"; put(trainer, state): leaves `state` as it was.
    """

    def take(self, trainer):
        state = copy.deepcopy(Snapshot.take(self, trainer))
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        Snapshot.put(self, trainer, copy.deepcopy(state))
        torch.set_rng_state(state["rng"])
