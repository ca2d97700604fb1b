"""
part = "full_snapshot"
verdict = "wrong"
misconception = "who copies when it is put back has copied when it was taken"
see = "cell:alias_bug"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    def take(self, trainer):
        state = super().take(trainer)
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy(state))
        torch.set_rng_state(state["rng"])
