"""
part = "train_epoch"
verdict = "wrong"
misconception = "the mean of the batches' means is the mean of the examples"
see = "slide:what-is-the-mean-loss"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses += loss.item()
        n += 1
    return losses / n
