"""
part = "squared_distances"
verdict = "wrong"
misconception = "what is not named is not stored"
see = "slide:the-bug-that-raises-nothing"
"""
# %% squared_distances
def squared_distances(a, b):
    return ((a[:, None] - b) ** 2).sum(-1)
