"""
part = "stored_as"
verdict = "wrong"
misconception = "all integers go from 0 to 255"
see = "cell:casting_seen"
"""
# %% stored_as
def stored_as(trace, dtype):
    if dtype.is_floating_point:
        return trace.to(dtype).float()
    return torch.clamp(torch.round(trace), 0, 255).to(dtype).float()
