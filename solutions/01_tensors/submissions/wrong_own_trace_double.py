"""
part = "own_trace"
verdict = "wrong"
misconception = "float means float64, as in Python"
see = "cell:sharing_seen"
"""
# %% own_trace
def own_trace(values):
    if isinstance(values, torch.Tensor):
        values = values.tolist()
    return torch.tensor(values, dtype=torch.double)
