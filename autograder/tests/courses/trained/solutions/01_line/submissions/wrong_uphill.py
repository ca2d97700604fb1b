"""
part = "descend"
verdict = "wrong"
misconception = "the gradient leads to the lowest point"
see = "cell:training"
"""

# %% descend
def descend(weights, x, y, rate):
    error = weights[0] * x + weights[1] - y
    return weights + rate * 2 * np.array([(error * x).mean(), error.mean()])
