"""
part = "pulse_power"
verdict = "wrong"
misconception = "a comprehension is no loop"
see = "slide:einsum-and-matmul"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    along, across = [traces @ wave(angle).T for wave in (torch.cos, torch.sin)]
    return along**2 + across**2
