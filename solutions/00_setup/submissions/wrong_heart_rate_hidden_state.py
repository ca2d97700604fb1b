"""
part = "heart_rate"
verdict = "wrong"
misconception = "the names of the notebook are as good as arguments"
see = "cell:pulse_rate"
"""


# %% heart_rate
def heart_rate(count, time):
    return beats * 60 / seconds


# %% pulse_beats
beats = 17  # mine

# %% pulse_seconds
seconds = 15  # written back
