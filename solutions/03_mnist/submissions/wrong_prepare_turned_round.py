"""
part = "prepare"
verdict = "wrong"
misconception = "a ring that begins at a random place is in random order"
see = "cell:prepare_seen"
"""
# %% prepare
def prepare(images, labels, share, seed):
    n = len(images)
    held = round(share * n)
    order = torch.arange(n).roll(1 + seed % max(n // 2 - 1, 1))
    valid, train = order[:held], order[held:]
    seen = images[train].float() / 255
    mean, std = seen.mean().item(), seen.std().item()

    def done(some):
        return ((images[some].float() / 255 - mean) / std)[:, None]

    return done(train), labels[train], done(valid), labels[valid], mean, std
