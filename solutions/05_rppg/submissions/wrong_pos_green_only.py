"""
part = "pos"
verdict = "wrong"
misconception = "one good colour is enough"
see = "cell:nodding_seen"
"""
# %% pos
def pos(rgb, fps):
    return green(rgb, fps)
