"""
part = "heart_rate"
verdict = "raised"
misconception = "what a cell that is gone has made will always be there"
see = "cell:pulse_rate"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    return beats * per_minute / seconds
