"""
part = "detrend"
verdict = "wrong"
misconception = "the trace is mine to write into"
see = "cell:detrend_seen"
"""
# %% detrend
def detrend(trace, strength):
    """Return a trace less its smooth part (Tarvainen, Ranta-aho and Karjalainen, 2002).

    trace: (T,), T >= 3; strength: lambda.
    Returns: (T,) float64.
    """
    count = len(trace)
    second = scipy.sparse.diags([1.0, -2.0, 1.0], [0, 1, 2], shape=(count - 2, count), format="csc")
    smoother = scipy.sparse.identity(count, format="csc") + strength**2 * second.T @ second
    trace -= scipy.sparse.linalg.spsolve(smoother, trace)
    return trace
