"""
part = "standardise"
verdict = "wrong"
misconception = "standardising means that this batch gets mean 0 and std 1"
see = "cell:standardise_seen"
"""
# %% standardise
def standardise(images, mean, std):
    axes = (0, 2, 3) if images.ndim == 4 else (1, 2)
    m = images.mean(dim=axes, keepdim=True)
    s = images.std(dim=axes, keepdim=True)
    return (images - m) / s
