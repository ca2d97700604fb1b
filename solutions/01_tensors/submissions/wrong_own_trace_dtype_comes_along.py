"""
part = "own_trace"
verdict = "wrong"
misconception = "a tensor is float32 by itself"
see = "cell:sharing_seen"
"""
# %% own_trace
def own_trace(values):
    return torch.tensor(values)
