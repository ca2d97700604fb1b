"""
part = "prepare"
verdict = "wrong"
misconception = "validation digits may help with the statistics, they are no labels"
see = "slide:normalise-with-the-training-set"
"""
# %% prepare
def prepare(images, labels, share, seed):
    n = len(images)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    held = round(share * n)
    valid, train = order[:held], order[held:]
    pictures = images.float().unsqueeze(1) / 255
    mean, std = pictures.mean().item(), pictures.std().item()
    return (pictures[train] - mean) / std, labels[train], (pictures[valid] - mean) / std, labels[valid], mean, std
