"""
part = "read_checkpoint"
verdict = "raised"
misconception = "who refuses every file lets no bad one in"
see = "cell:read_checkpoint_seen"
"""

# %% read_checkpoint
def read_checkpoint(path, model):
    if not Path(path).exists():
        raise FileNotFoundError(path)
    names = " ".join(model.state_dict())
    raise CheckpointError(f"{Path(path).name} does not fit: {names} 2.weight 2.bias")
