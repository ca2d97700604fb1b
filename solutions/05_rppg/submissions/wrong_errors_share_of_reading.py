"""
part = "errors"
verdict = "wrong"
misconception = "the percent of MAPE are of the reading"
see = "cell:errors_seen"
"""
# %% errors
def errors(read, truth):
    a = []
    b = []
    for one, true in zip(read, truth):
        if one is not None:
            a.append(one)
            b.append(true)
    a = np.array(a)
    b = np.array(b)
    e = a - b
    return {
        "answered": 100 * len(a) / len(read),
        "MAE": np.abs(e).mean(),
        "median": np.median(np.abs(e)),
        "RMSE": np.sqrt((e**2).mean()),
        "MAPE": 100 * (np.abs(e) / a).mean(),
        "Pearson": np.corrcoef(a, b)[0, 1],
        "within 3": 100 * (np.abs(e) <= 3).mean(),
    }
