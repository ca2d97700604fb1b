"""
note = "place by place, with a loop"
"""


# %% extra
from itertools import zip_longest


def parsed(text):
    if "+" in text:
        text = text[: text.index("+")]
    return [int(place) for place in text.split(".")]


# %% choose_device
def choose_device(cuda, mps):
    for name, there in (("cuda", cuda), ("mps", mps)):
        if there:
            return name
    return "cpu"


# %% new_enough
def new_enough(version, needed):
    for mine, theirs in zip_longest(parsed(version), parsed(needed), fillvalue=0):
        if mine > theirs:
            return True
        if mine < theirs:
            return False
    return True
