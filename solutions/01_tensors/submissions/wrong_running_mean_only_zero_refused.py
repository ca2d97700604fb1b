"""
part = "running_mean"
verdict = "wrong"
misconception = "the only width that is too small is 0"
see = "cell:running_mean_seen"
"""
# %% running_mean
def running_mean(trace, width):
    if width == 0 or width > trace.shape[-1]:
        raise ValueError(f"no window of {width}")
    c = torch.nn.functional.pad(trace.double().cumsum(-1), (1, 0))
    return ((c[..., width:] - c[..., : c.shape[-1] - width]) / width).to(trace.dtype)
