"""
part = "prepare"
verdict = "wrong"
misconception = "a tensor of one number is a number"
see = "cell:prepare_seen"
"""
# %% prepare
def prepare(images, labels, share, seed):
    n = len(images)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    held = round(share * n)
    valid, train = order[:held], order[held:]
    pictures = images.float().unsqueeze(1) / 255
    mean, std = pictures[train].mean(), pictures[train].std()
    return (pictures[train] - mean) / std, labels[train], (pictures[valid] - mean) / std, labels[valid], mean, std
