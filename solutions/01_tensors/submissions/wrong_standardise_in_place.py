"""
part = "standardise"
verdict = "wrong"
misconception = "a parameter is a copy of what the caller has"
see = "slide:who-shares-memory"
"""
# %% standardise
def standardise(images, mean, std):
    images -= mean.view(-1, 1, 1)
    images /= std.view(-1, 1, 1)
    return images
