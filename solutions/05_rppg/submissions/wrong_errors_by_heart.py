"""
part = "errors"
verdict = "wrong"
misconception = "the measures of the example are the measures"
see = "cell:errors_seen"
"""
# %% errors
def errors(read, truth):
    return {"answered": 100.0, "MAE": 2.6, "median": 2.0, "RMSE": 3.1, "MAPE": 4.0, "Pearson": 0.9, "within 3": 60.0}
