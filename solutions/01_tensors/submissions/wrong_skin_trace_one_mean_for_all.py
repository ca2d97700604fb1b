"""
part = "skin_trace"
verdict = "wrong"
misconception = "mean() without dim is the mean over time"
see = "slide:reductions-dim-keepdim"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = video[:, mask].float().mean(dim=1)
    return m / m.mean() - 1
