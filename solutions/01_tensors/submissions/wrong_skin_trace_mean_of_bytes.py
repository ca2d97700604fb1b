"""
part = "skin_trace"
verdict = "wrong"
misconception = "a mean may be taken of any numbers"
see = "cell:mean_of_bytes"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = video[:, mask].mean(dim=1)
    return m / m.mean(dim=0) - 1
