"""
part = "train_epoch"
verdict = "wrong"
misconception = "`backward` changes the weights"
see = "cell:one_batch"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
