"""
part = "errors"
verdict = "wrong"
misconception = "what counts as false is None"
see = "cell:errors_seen"
"""
# %% errors
def errors(read, truth):
    """Return the usual error measures of heart-rate readings.

    read: list of N numbers or None (refused), BPM; truth: N true rates, BPM.
    Returns: dict of floats: answered, MAPE and within 3 in percent, MAE, median and RMSE in BPM, Pearson.
    """
    kept = [(one, true) for one, true in zip(read, truth) if one]
    rates, true = np.array(kept).T
    wrong = np.abs(rates - true)
    return {
        "answered": 100 * len(kept) / len(read),
        "MAE": float(wrong.mean()),
        "median": float(np.median(wrong)),
        "RMSE": float(np.sqrt((wrong**2).mean())),
        "MAPE": float(100 * (wrong / true).mean()),
        "Pearson": float(np.corrcoef(rates, true)[0, 1]),
        "within 3": float(100 * (wrong <= 3).mean()),
    }
