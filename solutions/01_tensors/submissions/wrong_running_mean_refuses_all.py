"""
part = "running_mean"
verdict = "raised"
misconception = "a width is allowed if one of the two conditions holds, so the test may be turned round with or"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    if width >= 1 or width <= trace.shape[-1]:
        raise ValueError("the window does not fit")
    return trace.unfold(-1, width, 1).mean(dim=-1)
