"""
part = "own_trace"
verdict = "raised"
misconception = "every input is a flat row of numbers"
see = "slide:list-array-tensor"
"""
# %% own_trace
def own_trace(values):
    numbers = [float(value) for value in values]
    return torch.tensor(numbers)
