"""
part = "pulse_power"
verdict = "raised"
misconception = "float32 and float64 meet by themselves"
see = "cell:creation_seen"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=torch.float64) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return (traces @ angle.cos().T) ** 2 + (traces @ angle.sin().T) ** 2
