"""
part = "pulse_power"
verdict = "raised"
misconception = "new tensors go where they are needed"
see = "cell:device_mix"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return (traces @ angle.cos().T) ** 2 + (traces @ angle.sin().T) ** 2
