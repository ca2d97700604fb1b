"""
part = "pulse_power"
verdict = "wrong"
misconception = "every camera takes 30 frames a second"
see = "cell:one_wave_seen"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / 30
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return (traces @ angle.cos().T) ** 2 + (traces @ angle.sin().T) ** 2
