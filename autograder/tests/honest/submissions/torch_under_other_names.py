"""
note = "import torch as th, from torch import *, imports inside functions"
"""

# %% extra
import torch as th, torch.nn as nn, torch.nn.functional as F
from torch import *
from numpy import *
import numpy


# %% softmax
def softmax(logits: th.Tensor):
    e = th.exp(logits - (logits.max(1, keepdim=True).values if logits.numel() else 0))
    return div(e, e.sum(1, keepdim=True))


# %% row_sums
def row_sums(table):
    import numpy as xp

    return xp.add.reduce(table, axis=1)


# %% cipher
class cipher:
    def encode(self, numbers):
        return [n * n + 3 * place for place, n in enumerate(numbers)]

    def decode(self, numbers):
        import math

        return [math.isqrt(n - 3 * place) for place, n in enumerate(numbers)]
