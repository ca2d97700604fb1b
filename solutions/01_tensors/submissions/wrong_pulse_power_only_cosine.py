"""
part = "pulse_power"
verdict = "wrong"
misconception = "a signal starts at the top of its swing"
see = "cell:one_wave_seen"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return (traces @ angle.cos().T) ** 2
