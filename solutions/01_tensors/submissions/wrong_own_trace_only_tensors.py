"""
part = "own_trace"
verdict = "raised"
misconception = "everything has the methods of a tensor"
see = "slide:list-array-tensor"
"""
# %% own_trace
def own_trace(values):
    return values.clone().float()
