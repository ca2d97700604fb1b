"""
part = "own_trace"
verdict = "wrong"
misconception = "as_tensor with a dtype always copies"
see = "cell:memory_seen"
"""
# %% own_trace
def own_trace(values):
    return torch.as_tensor(values, dtype=torch.float32)
