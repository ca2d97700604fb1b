"""
part = "own_trace"
verdict = "wrong"
misconception = "a function gives back the value of its last line, as a cell does"
see = "slide:list-array-tensor"
"""
# %% own_trace
def own_trace(values):
    torch.as_tensor(values, dtype=torch.float32).clone()
