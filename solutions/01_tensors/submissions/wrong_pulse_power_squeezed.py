"""
part = "pulse_power"
verdict = "wrong"
misconception = "axes of length 1 are clutter"
see = "cell:pulse_power_seen"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return ((traces @ angle.cos().T) ** 2 + (traces @ angle.sin().T) ** 2).squeeze()
