"""
part = "pos"
verdict = "wrong"
misconception = "a result is ready once it has been made with the right shape"
see = "cell:pos_seen"
"""
# %% pos
def pos(rgb, fps):
    return np.zeros(len(rgb))
