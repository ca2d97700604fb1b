"""
part = "choose_device"
verdict = "wrong"
misconception = "the function should look at the machine itself"
see = "cell:choose_device_seen"
"""


# %% choose_device
def choose_device(cuda, mps):
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
