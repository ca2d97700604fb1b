"""
part = "skin_trace"
verdict = "wrong"
misconception = "axes of length 1 are clutter"
see = "cell:skin_trace_seen"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = video[:, mask].float().mean(dim=1)
    return (m / m.mean(dim=0, keepdim=True) - 1).squeeze()
