"""
part = "standardise"
verdict = "raised"
misconception = "pictures have three channels"
see = "cell:gains_seen"
"""
# %% standardise
def standardise(images, mean, std):
    return (images - mean.view(3, 1, 1)) / std.view(3, 1, 1)
