"""
part = "new_enough"
verdict = "wrong"
misconception = "texts of digits are compared as numbers"
see = "cell:versions_seen"
"""


# %% new_enough
def new_enough(version, needed):
    return version >= needed
