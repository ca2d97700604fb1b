"""
part = "prepare"
verdict = "wrong"
misconception = "the right shapes are the answer"
see = "cell:prepare_seen"
"""

# %% prepare
def prepare(images, labels, share, seed):
    n, chance = len(images), torch.Generator().manual_seed(seed)
    held = round(share * n)
    train, valid = (torch.rand(count, 1, 28, 28, generator=chance) for count in (n - held, held))
    return train, labels[: n - held] * 0, valid, labels[n - held :] * 0, 0.0, 1.0
