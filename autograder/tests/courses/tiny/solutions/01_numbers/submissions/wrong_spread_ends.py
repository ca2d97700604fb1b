"""
part = "spread"
verdict = "wrong"
misconception = "the last number is the largest"
see = "slide:the-spread"
"""


# %% spread
def spread(values):
    if not values:
        raise ValueError
    return values[-1] - values[0]
