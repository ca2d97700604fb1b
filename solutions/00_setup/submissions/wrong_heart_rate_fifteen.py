"""
part = "heart_rate"
verdict = "wrong"
misconception = "four times the count is the rate, as the doctor says"
see = "cell:pulse_rate"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    return beats * 4.0
