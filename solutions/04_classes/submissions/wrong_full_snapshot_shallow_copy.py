"""
part = "full_snapshot"
verdict = "wrong"
misconception = "a copy of a dict copies what is in it"
see = "cell:alias_bug"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A Snapshot that is a real copy and knows the random generator.

    take(trainer): dict with "model", "optimizer", "history", "rng"; put(trainer, state): leaves `state` as it was.
    """

    def take(self, trainer):
        state = copy.copy(super().take(trainer))
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy(state))
        torch.set_rng_state(state["rng"])
