"""
tries = "say that forty cells showed two million letters each, of four bytes: a report of a quarter of a gigabyte"
category = "results"
seconds = 20
"""

# %% extra
from autograder.sandbox import worker, messages

real = worker.write


def fat(message):
    if isinstance(message, messages.CellDone):
        message = messages.CellDone(message.id, "passed", [messages.Display("text", "\U0001f600" * 50_000)] * 40)
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
