"""
part = "skin_trace"
verdict = "wrong"
misconception = "only bytes must be cast before a mean"
see = "cell:mean_of_bytes"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    pixels = video[:, mask]
    if not pixels.is_floating_point():
        pixels = pixels.float()
    m = pixels.mean(dim=1)
    return (m / m.mean(dim=0) - 1).float()
