"""
part = "spread"
verdict = "wrong"
misconception = "the spread of nothing is zero"
see = "slide:the-spread"
"""


# %% spread
def spread(values):
    return max(values) - min(values) if values else 0
