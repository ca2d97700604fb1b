"""
part = "own_trace"
verdict = "wrong"
misconception = "a list of floats is as good as a tensor"
see = "slide:list-array-tensor"
"""
# %% own_trace
def own_trace(values):
    return [float(value) for value in np.array(values).flatten()]
