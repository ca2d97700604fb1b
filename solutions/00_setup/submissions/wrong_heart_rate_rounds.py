"""
part = "heart_rate"
verdict = "wrong"
misconception = "a number is rounded where it is made"
see = "cell:heart_rate_seen"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    return round(60 * beats / seconds, 1)
