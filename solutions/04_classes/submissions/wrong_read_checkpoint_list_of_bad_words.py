"""
part = "read_checkpoint"
verdict = "raised"
misconception = "a file that names none of the dangerous functions may be trusted"
see = "cell:gift_raises"
"""

# %% read_checkpoint
def read_checkpoint(path, model):
    """Return the state in a checkpoint that fits a model, and leave the model alone.

    path: Path or str; model: nn.Module.
    Returns: dict with a state dict under "model", on the CPU.
    Raises: FileNotFoundError; CheckpointError naming the file, and the tensor if one does not fit.
    """
    path = Path(path)
    if any(word in path.read_bytes() for word in (b"mkdir", b"system", b"exec", b"eval")):
        raise CheckpointError(f"{path.name} asks for a function")
    try:
        state = torch.load(path, map_location="cpu", weights_only=False)
    except Exception as error:
        raise CheckpointError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if not isinstance(state, dict) or not isinstance(state.get("model"), dict):
        raise CheckpointError(f"{path.name} holds no state of a model")
    stored = {name: tuple(tensor.shape) for name, tensor in state["model"].items()}
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    for name in stored | wanted:
        if stored.get(name) != wanted.get(name):
            shapes = f"{stored.get(name)} in the file and {wanted.get(name)} in the model"
            raise CheckpointError(f"{path.name} does not fit: {name} is {shapes}")
    return state
