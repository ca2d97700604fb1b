"""
part = "prepare"
verdict = "wrong"
misconception = "`int` rounds"
see = "cell:prepare_seen"
"""
# %% prepare
def prepare(images, labels, share, seed):
    n = len(images)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    held = int(share * n)
    valid, train = order[:held], order[held:]
    pictures = images.float().unsqueeze(1) / 255
    mean, std = pictures[train].mean().item(), pictures[train].std().item()
    return (pictures[train] - mean) / std, labels[train], (pictures[valid] - mean) / std, labels[valid], mean, std
