"""
part = "standardise"
verdict = "wrong"
misconception = "a - b / c is (a - b) / c"
see = "cell:standardise_seen"
"""
# %% standardise
def standardise(images, mean, std):
    return images - mean[..., None, None] / std[..., None, None]
