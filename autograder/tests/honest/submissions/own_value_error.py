"""
note = "a subclass of ValueError with a long text"
"""


# %% extra
class ZeroVector(ValueError):
    pass


# %% unit
def unit(x):
    if not x.any():
        raise ZeroVector("a zero vector " * 1000)
    return x / x.pow(2).sum().sqrt()
