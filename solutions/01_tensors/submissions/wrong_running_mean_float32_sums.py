"""
part = "running_mean"
verdict = "wrong"
misconception = "float32 is exact enough for any sum"
see = "slide:dtypes-what-is-lost"
"""
# %% running_mean
def running_mean(trace, width):
    if width < 1 or width > trace.shape[-1]:
        raise ValueError("width")
    zero = torch.zeros_like(trace[..., :1])
    c = torch.cat([zero, trace.cumsum(-1)], dim=-1)
    return (c[..., width:] - c[..., :-width]) / width
