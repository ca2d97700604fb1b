"""
part = "choose_device"
verdict = "wrong"
misconception = "a device and its name are the same thing"
see = "cell:choose_device_seen"
"""


# %% choose_device
def choose_device(cuda, mps):
    return torch.device("cuda" if cuda else "mps" if mps else "cpu")
