"""
part = "read_checkpoint"
verdict = "wrong"
misconception = "an exception of two classes is right in both cases"
see = "cell:read_checkpoint_seen"
"""

# %% read_checkpoint
class Unreadable(CheckpointError, FileNotFoundError):
    pass


def read_checkpoint(path, model):
    path = Path(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise Unreadable(path.name) from error
    if not isinstance(state, dict) or not isinstance(state.get("model"), dict):
        raise Unreadable(path.name)
    stored = {name: tuple(tensor.shape) for name, tensor in state["model"].items()}
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    for name in stored | wanted:
        if stored.get(name) != wanted.get(name):
            raise Unreadable(f"{path.name}: {name}")
    return state
