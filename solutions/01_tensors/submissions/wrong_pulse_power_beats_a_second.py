"""
part = "pulse_power"
verdict = "wrong"
misconception = "rates are in beats a second"
see = "cell:one_wave_seen"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] * t
    return (traces @ angle.cos().T) ** 2 + (traces @ angle.sin().T) ** 2
