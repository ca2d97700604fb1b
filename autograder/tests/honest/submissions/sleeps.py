"""
note = "answers that wait instead of compute"
"""

# %% extra
import time

time.sleep(0.5)


# %% demean
def demean(x):
    time.sleep(0.3)
    return x - x.mean()
