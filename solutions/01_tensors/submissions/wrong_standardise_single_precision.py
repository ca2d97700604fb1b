"""
part = "standardise"
verdict = "wrong"
misconception = "everything must be float32"
see = "slide:dtypes-what-is-lost"
"""
# %% standardise
def standardise(images, mean, std):
    x = images.float()
    return (x - mean.float()[:, None, None]) / std.float()[:, None, None]
