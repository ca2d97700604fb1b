"""
part = "skin_trace"
verdict = "wrong"
misconception = "writing into a selection writes into a copy"
see = "slide:view-or-copy"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    video[:, ~mask] = 0
    m = video.float().sum(dim=(1, 2)) / mask.sum()
    return m / m.mean(dim=0) - 1
