"""
part = "standardise"
verdict = "raised"
misconception = "one None puts C under C"
see = "cell:gains_seen"
"""
# %% standardise
def standardise(images, mean, std):
    return (images - mean[:, None]) / std[:, None]
