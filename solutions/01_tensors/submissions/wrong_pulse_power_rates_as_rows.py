"""
part = "pulse_power"
verdict = "wrong"
misconception = "the order of the letters on the right does not matter"
see = "slide:einsum-and-matmul"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    c = torch.einsum("rt,ft->fr", traces, angle.cos())
    s = torch.einsum("rt,ft->fr", traces, angle.sin())
    return c**2 + s**2
