"""
note = "left the cell of the experiment empty, and its own arguments do not mind"
"""


# %% pulse_seconds
# emptied


# %% heart_rate
def heart_rate(beats, seconds):
    minutes = seconds / 60
    return beats / minutes
