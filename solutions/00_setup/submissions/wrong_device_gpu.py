"""
part = "choose_device"
verdict = "wrong"
misconception = "a graphics card is called gpu"
see = "cell:choose_device_seen"
"""


# %% choose_device
def choose_device(cuda, mps):
    return "gpu" if cuda or mps else "cpu"
