"""
part = "train_epoch"
verdict = "wrong"
misconception = "the loss of a batch may be taken after its step"
see = "slide:what-is-the-mean-loss"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        with torch.no_grad():
            losses += nn.functional.cross_entropy(model(x), y).item() * len(y)
        n += len(y)
    return losses / n
