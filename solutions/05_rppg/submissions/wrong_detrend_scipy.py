"""
part = "detrend"
verdict = "wrong"
misconception = "any detrending is the same"
see = "cell:detrend_seen"
"""
# %% detrend
from scipy.signal import detrend as straight


def detrend(trace, strength):
    return straight(trace)
