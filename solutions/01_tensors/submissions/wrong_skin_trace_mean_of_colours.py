"""
part = "skin_trace"
verdict = "raised"
misconception = "dim names the axis that stays"
see = "slide:reductions-dim-keepdim"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = video[:, mask].float().mean(dim=1)
    return m / m.mean(dim=1) - 1
