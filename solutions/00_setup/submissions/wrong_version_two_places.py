"""
part = "new_enough"
verdict = "wrong"
misconception = "two places say all"
see = "cell:new_enough_seen"
"""


# %% new_enough
def new_enough(version, needed):
    have = ([int(place) for place in version.partition("+")[0].split(".")] + [0])[:2]
    want = ([int(place) for place in needed.partition("+")[0].split(".")] + [0])[:2]
    return have >= want
