"""
part = "squared_distances"
verdict = "wrong"
misconception = "an array of NumPy takes no memory"
see = "slide:the-bug-that-raises-nothing"
"""
# %% squared_distances
def squared_distances(a, b):
    far = a.numpy()[:, None] - b.numpy()
    return torch.from_numpy((far**2).sum(-1))
