"""
part = "pulse_power"
verdict = "wrong"
misconception = "the sums of sine and cosine can be added as they are"
see = "cell:one_wave_seen"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return traces @ angle.cos().T + traces @ angle.sin().T
