"""
part = "heart_rate"
verdict = "wrong"
misconception = "one name in the brackets is enough, the other stands in a cell above"
see = "cell:pulse_rate"
"""


# %% heart_rate
def heart_rate(beats, _seconds=15):
    return beats * 60 / seconds


# %% pulse_seconds
seconds = 15  # written back
