"""
part = "read_checkpoint"
verdict = "wrong"
misconception = "load_state_dict loads all or nothing"
see = "cell:half_loaded"
"""

# %% read_checkpoint
def read_checkpoint(path, model):
    """Return the state in a checkpoint that fits a model, and leave the model alone.

    path: Path or str; model: nn.Module.
    Returns: dict with a state dict under "model", on the CPU.
    Raises: FileNotFoundError; CheckpointError naming the file, and the tensor if one does not fit.
    """
    path = Path(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise CheckpointError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if not isinstance(state, dict) or not isinstance(state.get("model"), dict):
        raise CheckpointError(f"{path.name} holds no state of a model")
    try:
        model.load_state_dict(state["model"])
    except RuntimeError as error:
        raise CheckpointError(f"{path.name} does not fit: {error}") from error
    return state
