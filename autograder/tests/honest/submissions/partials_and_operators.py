"""
note = "functools.partial, operator.methodcaller and bound methods as parts"
"""

# %% extra
import functools, operator

# %% softmax
softmax = functools.partial(torch.softmax, dim=1)

# %% row_sums
row_sums = operator.methodcaller("sum", axis=1)


# %% demean
class Tools:
    @staticmethod
    def centre(x):
        return x - x.mean()

    @classmethod
    def length(cls, x):
        if not x.any():
            raise ValueError
        return x / x.norm()


demean = Tools.centre

# %% unit
unit = Tools().length
