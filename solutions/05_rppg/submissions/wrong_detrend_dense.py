"""
part = "detrend"
verdict = "memory"
misconception = "a matrix of zeros costs nothing"
see = "cell:detrend_seen"
"""
# %% detrend
def detrend(trace, strength):
    second = np.diff(np.eye(len(trace)), 2, axis=0)
    return trace - np.linalg.solve(np.eye(len(trace)) + strength**2 * second.T @ second, trace)
