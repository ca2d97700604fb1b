"""
part = "pos"
verdict = "wrong"
misconception = "one difference is as good as two"
see = "cell:nodding_seen"
"""
# %% pos
def pos(rgb, fps):
    r, g, b = (rgb / rgb.mean(axis=0)).T
    return r - g
