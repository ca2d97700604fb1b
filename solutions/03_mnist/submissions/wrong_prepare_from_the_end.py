"""
part = "prepare"
verdict = "wrong"
misconception = "`order[-n:]` is the last n, also for n = 0"
see = "cell:prepare_seen"
"""
# %% prepare
def prepare(images, labels, share, seed):
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    n_valid = round(share * len(images))
    train, valid = order[:-n_valid], order[-n_valid:]
    train_images = images[train].float() / 255
    valid_images = images[valid].float() / 255
    mean = train_images.mean().item()
    std = train_images.std().item()
    train_images = ((train_images - mean) / std).unsqueeze(1)
    valid_images = ((valid_images - mean) / std).unsqueeze(1)
    return train_images, labels[train], valid_images, labels[valid], mean, std
