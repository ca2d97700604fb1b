"""
part = "running_mean"
verdict = "wrong"
misconception = "time is always the first axis"
see = "slide:slicing-masks-fancy"
"""
# %% running_mean
def running_mean(trace, width):
    if width < 1 or width > len(trace):
        raise ValueError("width")
    c = torch.cumsum(trace.double(), dim=0)
    c = torch.cat([torch.zeros_like(c[:1]), c])
    return ((c[width:] - c[:-width]) / width).to(trace.dtype)
