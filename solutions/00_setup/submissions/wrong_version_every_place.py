"""
part = "new_enough"
verdict = "wrong"
misconception = "a newer version is newer in every place"
see = "cell:versions_seen"
"""


# %% new_enough
def new_enough(version, needed):
    have = [int(place) for place in version.partition("+")[0].split(".")] + [0] * 9
    want = [int(place) for place in needed.partition("+")[0].split(".")]
    return all(mine >= theirs for mine, theirs in zip(have, want))
