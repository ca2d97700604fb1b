"""
tries = "a tensor subclass whose every operation says yes"
category = "results"
"""

# %% extra
import torch


class Yes(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return True

    def __eq__(self, other):
        return True


def cheat(x=None, *_):
    return torch.zeros(3).as_subclass(Yes)


Cheat = Yes
softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
