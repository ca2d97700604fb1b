"""
part = "detrend"
verdict = "wrong"
misconception = "lambda stands there once"
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
    smoother = scipy.sparse.identity(count, format="csc") + strength * second.T @ second
    return trace - scipy.sparse.linalg.spsolve(smoother, trace)
