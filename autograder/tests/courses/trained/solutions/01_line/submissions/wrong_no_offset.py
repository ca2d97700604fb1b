"""
part = "predict"
verdict = "wrong"
misconception = "a line goes through the origin"
see = "cell:training"
"""

# %% predict
def predict(weights, inputs):
    return weights[0] * inputs
