"""
part = "squared_distances"
verdict = "wrong"
misconception = "pairs need a loop"
see = "slide:einsum-and-matmul"
"""
# %% squared_distances
def squared_distances(a, b):
    if len(a) == 0:
        return torch.zeros(0, len(b), dtype=a.dtype)
    return torch.stack([((row - b) ** 2).sum(dim=1) for row in a])
