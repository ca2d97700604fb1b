"""
part = "skin_trace"
verdict = "wrong"
misconception = "a mean of nothing raises by itself"
see = "slide:slicing-masks-fancy"
"""
# %% skin_trace
def skin_trace(video, mask):
    m = video[:, mask].float().mean(dim=1)
    return m / m.mean(dim=0) - 1
