"""
part = "skin_trace"
verdict = "wrong"
misconception = "many frames need a loop"
see = "slide:what-we-need-to-reach-the-pulse"
"""
# %% skin_trace
def skin_trace(video, mask):
    if not mask.any():
        raise ValueError("no skin")
    m = []
    for frame in video:
        m.append(frame[mask].float().mean(dim=0))
    m = torch.stack(m)
    return m / m.mean(dim=0) - 1
