"""
part = "detrend"
verdict = "wrong"
misconception = "z is the trend of the trace"
see = "cell:detrend_seen"
"""
# %% detrend
def detrend(trace, strength):
    return trace - trace
