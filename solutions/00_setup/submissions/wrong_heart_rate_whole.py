"""
part = "heart_rate"
verdict = "wrong"
misconception = "a heart rate is a whole number"
see = "cell:heart_rate_seen"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    return float(60 * beats // seconds)
