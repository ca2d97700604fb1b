"""
part = "train_epoch"
verdict = "wrong"
misconception = "the loss of an epoch is that of its last batch"
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
    return loss.item()
