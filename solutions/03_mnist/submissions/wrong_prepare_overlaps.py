"""
part = "prepare"
verdict = "wrong"
misconception = "the training set may hold all digits, the validation set some of them"
see = "cell:prepare_seen"
"""
# %% prepare
def prepare(images, labels, share, seed):
    n = len(images)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    held = round(share * n)
    valid, train = order[:held], order[held:]
    pictures = images.float().unsqueeze(1) / 255
    mean, std = pictures[train].mean().item(), pictures[train].std().item()
    return (pictures[order] - mean) / std, labels[order], (pictures[valid] - mean) / std, labels[valid], mean, std
