"""
part = "stored_as"
verdict = "wrong"
misconception = "a cast changes the numbers and leaves the dtype"
see = "slide:dtypes-what-is-lost"
"""
# %% stored_as
def stored_as(trace, dtype):
    if not dtype.is_floating_point:
        info = torch.iinfo(dtype)
        trace = trace.round().clamp(info.min, info.max)
    return trace.to(dtype)
