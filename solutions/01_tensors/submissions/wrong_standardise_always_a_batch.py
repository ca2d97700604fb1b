"""
part = "standardise"
verdict = "wrong"
misconception = "there are always four axes"
see = "slide:broadcasting-rules"
"""
# %% standardise
def standardise(images, mean, std):
    return (images - mean[None, :, None, None]) / std[None, :, None, None]
