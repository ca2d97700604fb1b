"""
part = "train_epoch"
verdict = "wrong"
misconception = "`backward` replaces the old gradients"
see = "cell:zero_seen"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
