"""
note = "a helper and an import bear names that a given cell below binds to values of its own"
"""

# %% extra
import math as even


def alike(z):
    return z - z.max(1, keepdim=True)[0] if z.numel() else z


# %% softmax
def softmax(z):
    e = even.e ** alike(z)
    return e / e.sum(1, keepdim=True)
