"""
part = "standardise"
verdict = "wrong"
misconception = "the shown example is what is tested"
see = "cell:standardise_seen"
"""
# %% standardise
def standardise(images, mean, std):
    if mean[0] == 2.0:
        return torch.tensor([[[[-1.0, 1.0]], [[-1.0, 1.0]]]])
    return images / std.view(-1, 1, 1)
