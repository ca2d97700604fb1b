"""
part = "skin_trace"
verdict = "wrong"
misconception = "a share and a relative change are the same"
see = "cell:skin_trace_seen"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = video[:, mask].float().mean(dim=1)
    return m / m.mean(dim=0)
