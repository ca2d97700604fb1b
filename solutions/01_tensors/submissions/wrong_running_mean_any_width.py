"""
part = "running_mean"
verdict = "wrong"
misconception = "a slice that does not fit raises"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    c = torch.nn.functional.pad(trace.double().cumsum(-1), (1, 0))
    return ((c[..., width:] - c[..., : c.shape[-1] - width]) / width).to(trace.dtype)
