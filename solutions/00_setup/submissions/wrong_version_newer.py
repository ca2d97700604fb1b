"""
part = "new_enough"
verdict = "wrong"
misconception = "at least means more"
see = "cell:new_enough_seen"
"""


# %% new_enough
def new_enough(version, needed):
    have = [int(place) for place in version.partition("+")[0].split(".")]
    want = [int(place) for place in needed.partition("+")[0].split(".")]
    return have > want
