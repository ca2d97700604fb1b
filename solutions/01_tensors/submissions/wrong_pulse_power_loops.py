"""
part = "pulse_power"
verdict = "wrong"
misconception = "many rates need a loop"
see = "slide:einsum-and-matmul"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[1], device=traces.device, dtype=traces.dtype) / fps
    columns = []
    for rate in rates:
        angle = 2 * math.pi * rate / 60 * t
        columns.append((traces @ angle.cos()) ** 2 + (traces @ angle.sin()) ** 2)
    return torch.stack(columns, dim=1)
