"""
part = "own_trace"
verdict = "wrong"
misconception = "going through NumPy makes a copy"
see = "slide:who-shares-memory"
"""
# %% own_trace
def own_trace(values):
    array = np.asarray(values)
    return torch.from_numpy(array).to(torch.float32)
