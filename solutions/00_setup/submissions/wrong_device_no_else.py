"""
part = "choose_device"
verdict = "wrong"
misconception = "there is always a graphics card"
see = "cell:choose_device_seen"
"""


# %% choose_device
def choose_device(cuda, mps):
    if cuda:
        return "cuda"
    if mps:
        return "mps"
