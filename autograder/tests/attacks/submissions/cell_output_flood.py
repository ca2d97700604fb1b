"""
tries = "say that one cell showed 7 MB, for a hundred cells"
category = "results"
seconds = 20
"""

# %% extra
from autograder.sandbox import worker, messages

real = worker.write


def fat(message):
    if isinstance(message, messages.CellDone):
        message = messages.CellDone(message.id, "passed", [messages.Display("text", "x" * 2**20)] * 7)
    return real(message)


worker.write = fat
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
# %% extra
pass
