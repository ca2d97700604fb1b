"""
part = "standardise"
verdict = "raised"
misconception = "a tensor of shape (C,) finds the axis C by itself"
see = "slide:broadcasting-rules"
"""
# %% standardise
def standardise(images, mean, std):
    return (images - mean) / std
