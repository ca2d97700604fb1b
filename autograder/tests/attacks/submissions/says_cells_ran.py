"""
tries = "report every cell as passed without running it, the honest ones behind it too"
category = "results"
"""

# %% extra
from autograder.sandbox import messages, worker


def run(self, cell, **_):
    return messages.CellDone("unit", "passed", [messages.Display("text", "20 of 20 points")], 0.0)


type(worker._shell).run = run

# %% unit
def unit(x):
    length = x.norm()
    if length == 0:
        raise ValueError
    return x / length
