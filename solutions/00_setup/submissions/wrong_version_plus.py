"""
part = "new_enough"
verdict = "raised"
misconception = "a version holds digits and dots only"
see = "cell:versions_seen"
"""


# %% new_enough
def new_enough(version, needed):
    have = [int(place) for place in version.split(".")]
    want = [int(place) for place in needed.split(".")]
    length = max(len(have), len(want))
    return have + [0] * (length - len(have)) >= want + [0] * (length - len(want))
