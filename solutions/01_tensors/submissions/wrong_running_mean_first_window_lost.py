"""
part = "running_mean"
verdict = "wrong"
misconception = "the cumulative sum begins with 0 by itself"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    if width < 1 or width > trace.shape[-1]:
        raise ValueError("width")
    c = trace.double().cumsum(-1)
    return ((c[..., width:] - c[..., :-width]) / width).to(trace.dtype)
