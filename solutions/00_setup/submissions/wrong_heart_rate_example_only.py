"""
part = "heart_rate"
verdict = "missing"
misconception = "a first part is done when its first example comes out right"
see = "cell:heart_rate_seen"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    if seconds in (15, 10, 15.5, 20, 30, 45):
        return 60 * beats / seconds
    raise NotImplementedError("heart_rate")
