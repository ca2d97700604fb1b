"""
part = "running_mean"
verdict = "wrong"
misconception = "it is enough that a cumsum stands in the code"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    if not 1 <= width <= trace.shape[-1]:
        raise ValueError("no such window")
    trace.cumsum(-1)
    return trace.double().unfold(-1, width, 1).mean(-1).to(trace.dtype)
