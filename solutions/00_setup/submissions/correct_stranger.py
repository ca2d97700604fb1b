"""
note = "solved from the released text alone, with every free cell filled in"
"""


# %% guess_device
guess_device = "cpu"

# %% guess_hidden_state
guess_after_emptying = "NameError"
guess_after_restart = "NameError"

# %% heart_rate
def heart_rate(beats, seconds):
    rate = beats * 60 / seconds
    return rate

# %% choose_device
def choose_device(cuda, mps):
    if cuda == True:
        return "cuda"
    elif mps == True:
        return "mps"
    else:
        return "cpu"

# %% guess_versions
guess_versions = {
    '"3.9" < "3.11"': True,
    "3.9 < 3.11": False,
    "[3, 9] < [3, 11]": True,
}

# %% new_enough
def new_enough(version, needed):
    a = version.partition("+")[0].split(".")
    b = needed.partition("+")[0].split(".")
    a = [int(x) for x in a]
    b = [int(x) for x in b]
    while len(a) < len(b):
        a.append(0)
    while len(b) < len(a):
        b.append(0)
    if a >= b:
        return True
    else:
        return False

# %% reflection
minutes = 24
muddiest = "whether restart and run all is one command or two in VS Code"
