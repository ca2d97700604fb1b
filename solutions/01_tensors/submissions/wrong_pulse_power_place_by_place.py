"""
part = "pulse_power"
verdict = "wrong"
misconception = "* is the matrix product"
see = "slide:einsum-and-matmul"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    angle = 2 * math.pi * rates[:, None] / 60 * t
    return ((traces * angle.cos()).sum(dim=1)) ** 2 + ((traces * angle.sin()).sum(dim=1)) ** 2
