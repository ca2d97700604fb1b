"""
part = "running_mean"
verdict = "wrong"
misconception = "the dtype comes back by itself"
see = "slide:dtypes-what-is-lost"
"""
# %% running_mean
def running_mean(trace, width):
    if not 0 < width <= trace.shape[-1]:
        raise ValueError("width")
    c = torch.nn.functional.pad(trace.double().cumsum(-1), (1, 0))
    return (c[..., width:] - c[..., :-width]) / width
