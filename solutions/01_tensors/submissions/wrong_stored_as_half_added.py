"""
part = "stored_as"
verdict = "wrong"
misconception = "a number plus one half, cut off, is rounded, below 0 too"
see = "cell:casting_seen"
"""
# %% stored_as
def stored_as(trace, dtype):
    if not dtype.is_floating_point:
        info = torch.iinfo(dtype)
        trace = (trace + 0.5).clamp(info.min, info.max)
    return trace.to(dtype).float()
