"""
part = "running_mean"
verdict = "wrong"
misconception = "windows must be added up one by one"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    if width < 1 or width > trace.shape[-1]:
        raise ValueError("width")
    return trace.unfold(-1, width, 1).mean(-1)
