"""
part = "stored_as"
verdict = "wrong"
misconception = "round_ is only another way to write round"
see = "slide:who-shares-memory"
"""
# %% stored_as
def stored_as(trace, dtype):
    if not dtype.is_floating_point:
        info = torch.iinfo(dtype)
        trace.round_().clamp_(info.min, info.max)
    return trace.to(dtype).to(torch.float32)
