"""
part = "prepare"
verdict = "wrong"
misconception = "mean and std belong to the numbers from 0 to 255"
see = "slide:normalise-with-the-training-set"
"""
# %% prepare
def prepare(images, labels, share, seed):
    n = len(images)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    held = round(share * n)
    valid, train = order[:held], order[held:]
    pictures = images.float().unsqueeze(1)
    mean, std = images[train].float().mean().item(), images[train].float().std().item()
    return (pictures[train] - mean) / std, labels[train], (pictures[valid] - mean) / std, labels[valid], mean, std
