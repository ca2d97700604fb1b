"""
part = "choose_device"
verdict = "wrong"
misconception = "the order of the questions does not matter"
see = "slide:one-line-chooses-the-device"
"""


# %% choose_device
def choose_device(cuda, mps):
    if mps:
        return "mps"
    if cuda:
        return "cuda"
    return "cpu"
