"""
part = "skin_trace"
verdict = "wrong"
misconception = "the mean over the frame is the mean over the skin"
see = "cell:slicing_seen"
"""
# %% skin_trace
def skin_trace(video, mask):
    if mask.sum() == 0:
        raise ValueError("no skin")
    m = video.float().mean(dim=(1, 2))
    return m / m.mean(dim=0) - 1
