"""
note = "sums over the points one by one"
"""

# %% descend
def descend(weights, x, y, rate):
    slope = offset = 0.0
    for one, value in zip(x, y):
        error = weights[0] * one + weights[1] - value
        slope += 2 * error * one / len(x)
        offset += 2 * error / len(x)
    return np.array([weights[0] - rate * slope, weights[1] - rate * offset])
