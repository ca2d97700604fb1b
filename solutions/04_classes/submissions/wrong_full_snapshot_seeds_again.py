"""
part = "full_snapshot"
verdict = "wrong"
misconception = "the same seed continues where the run was"
see = "cell:resume_seen"
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
        super().put(trainer, copy.deepcopy(state))
        torch.manual_seed(0)
