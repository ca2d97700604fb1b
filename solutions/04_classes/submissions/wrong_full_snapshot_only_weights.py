"""
part = "full_snapshot"
verdict = "wrong"
misconception = "a run is its weights"
see = "cell:resume_seen"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    """A Snapshot that is a real copy and knows the random generator.

    take(trainer): dict with "model", "optimizer", "history", "rng"; put(trainer, state): leaves `state` as it was.
    """

    def take(self, trainer):
        state = {"model": copy.deepcopy(trainer.model.state_dict()), "history": list(trainer.history)}
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        trainer.model.load_state_dict(state["model"])
        trainer.history = list(state["history"])
        torch.set_rng_state(state["rng"])
