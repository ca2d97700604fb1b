"""
part = "squared_distances"
verdict = "wrong"
misconception = "(a - b)² is a² + b² - ab"
see = "slide:broadcasting-rules"
"""
# %% squared_distances
def squared_distances(a, b):
    return ((a * a).sum(1, keepdim=True) + (b * b).sum(1) - a @ b.T).clamp(min=0)
