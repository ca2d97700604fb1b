"""
part = "full_snapshot"
verdict = "wrong"
misconception = "load_state_dict copies everything"
see = "cell:full_snapshot_seen"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A Snapshot that is a real copy and knows the random generator.

    take(trainer): dict with "model", "optimizer", "history", "rng"; put(trainer, state): leaves `state` as it was.
    """

    def take(self, trainer):
        state = copy.deepcopy(super().take(trainer))
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        super().put(trainer, state)
        torch.set_rng_state(state["rng"])
