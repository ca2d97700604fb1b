"""
part = "squared_distances"
verdict = "wrong"
misconception = "cdist gives squared distances"
see = "slide:the-bug-that-raises-nothing"
"""
# %% squared_distances
def squared_distances(a, b):
    return torch.cdist(a, b)
