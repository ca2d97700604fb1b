"""
part = "skin_trace"
verdict = "wrong"
misconception = "the mean to divide by is that of the frame itself"
see = "slide:reductions-dim-keepdim"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    means = video[:, mask].float().mean(dim=1)
    return means / means - 1
