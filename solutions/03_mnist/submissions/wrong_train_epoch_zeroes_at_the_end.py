"""
part = "train_epoch"
verdict = "wrong"
misconception = "no gradient is there when an epoch begins"
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
        optimizer.zero_grad()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
