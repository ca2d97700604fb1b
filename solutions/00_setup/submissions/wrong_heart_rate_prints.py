"""
part = "heart_rate"
verdict = "wrong"
misconception = "print hands a number over"
see = "cell:pulse_rate"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    print(60 * beats / seconds)
