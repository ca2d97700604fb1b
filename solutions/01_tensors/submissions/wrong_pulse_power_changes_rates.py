"""
part = "pulse_power"
verdict = "wrong"
misconception = "/= makes a new tensor like / does"
see = "slide:who-shares-memory"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    rates /= 60
    angle = 2 * math.pi * rates[:, None] * t
    return (traces @ angle.cos().T) ** 2 + (traces @ angle.sin().T) ** 2
