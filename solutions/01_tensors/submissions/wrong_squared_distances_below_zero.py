"""
part = "squared_distances"
verdict = "wrong"
misconception = "a square is never negative, also when it was worked out"
see = "slide:dtypes-what-is-lost"
"""
# %% squared_distances
def squared_distances(a, b):
    return (a**2).sum(1)[:, None] + (b**2).sum(1)[None, :] - 2 * a @ b.T
