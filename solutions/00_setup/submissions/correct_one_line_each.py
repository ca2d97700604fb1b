"""
note = "as short as it goes"
"""


# %% heart_rate
def heart_rate(beats, seconds):
    return beats / seconds * 60


# %% choose_device
def choose_device(cuda, mps):
    return "cuda" if cuda else "mps" if mps else "cpu"


# %% new_enough
def new_enough(version, needed):
    have, want = ([*map(int, text.split("+")[0].split(".")), 0, 0, 0, 0, 0][:5] for text in (version, needed))
    return have >= want
