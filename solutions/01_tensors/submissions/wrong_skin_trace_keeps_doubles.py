"""
part = "skin_trace"
verdict = "wrong"
misconception = "multiplying by 1.0 makes float32 of anything"
see = "cell:mean_of_bytes"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = (video[:, mask] * 1.0).mean(dim=1)
    return m / m.mean(dim=0) - 1
