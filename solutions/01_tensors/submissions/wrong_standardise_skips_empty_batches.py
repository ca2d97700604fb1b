"""
part = "standardise"
verdict = "wrong"
misconception = "an empty batch needs a special answer"
see = "cell:broadcast_seen"
"""
# %% standardise
def standardise(images, mean, std):
    if len(images) == 0:
        return torch.tensor([])
    return (images - mean[:, None, None]) / std[:, None, None]
