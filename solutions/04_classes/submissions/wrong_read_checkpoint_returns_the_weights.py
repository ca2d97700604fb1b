"""
part = "read_checkpoint"
verdict = "wrong"
misconception = "what was saved is what stands under model"
see = "cell:read_checkpoint_seen"
"""

# %% read_checkpoint
def read_checkpoint(path, model):
    """Return the state in a checkpoint that fits a model."""
    path = Path(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise CheckpointError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(state, dict) or not isinstance(state.get("model"), dict):
        raise CheckpointError(f"{path.name} has no weights under 'model'")
    first = {name: tuple(tensor.shape) for name, tensor in state["model"].items()}
    second = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    for name in first | second:
        if first.get(name) != second.get(name):
            raise CheckpointError(
                f"{path.name} does not fit: {name} is {first.get(name)} in the file and {second.get(name)} in the model"
            )
    return state["model"]
