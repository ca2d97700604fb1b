"""
part = "pulse_power"
verdict = "wrong"
misconception = "a result is ready once it has been made with the right shape"
see = "slide:einsum-and-matmul"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    return torch.zeros(len(traces), len(rates), dtype=traces.dtype, device=traces.device)
