"""
note = "warnings turned into errors and a patched print"
"""

# %% extra
import warnings, builtins

warnings.simplefilter("error")
np.seterr(all="raise")
old = print


def print(*a, **k):
    old("mine:", *a, **k)


print("hello")
