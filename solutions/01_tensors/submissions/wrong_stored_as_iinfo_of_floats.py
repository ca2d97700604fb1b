"""
part = "stored_as"
verdict = "raised"
misconception = "iinfo knows the range of every dtype"
see = "cell:levels_seen"
"""
# %% stored_as
def stored_as(trace, dtype):
    info = torch.iinfo(dtype)
    return trace.round().clamp(info.min, info.max).to(dtype).float()
