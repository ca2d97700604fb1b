"""
part = "running_mean"
verdict = "wrong"
misconception = "a convolution is a cumulative sum"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    if not 1 <= width <= trace.shape[-1]:
        raise ValueError("no such window")
    rows = trace.double().reshape(-1, 1, trace.shape[-1])
    kernel = torch.full((1, 1, width), 1 / width, dtype=torch.float64)
    means = torch.nn.functional.conv1d(rows, kernel)
    return means.reshape(*trace.shape[:-1], means.shape[-1]).to(trace.dtype)
