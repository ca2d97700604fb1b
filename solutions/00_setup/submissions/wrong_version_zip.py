"""
part = "new_enough"
verdict = "wrong"
misconception = "places that one side lacks need not be looked at"
see = "cell:new_enough_seen"
"""


# %% new_enough
def new_enough(version, needed):
    have = [int(place) for place in version.partition("+")[0].split(".")]
    want = [int(place) for place in needed.partition("+")[0].split(".")]
    for mine, theirs in zip(have, want):
        if mine != theirs:
            return mine > theirs
    return True
