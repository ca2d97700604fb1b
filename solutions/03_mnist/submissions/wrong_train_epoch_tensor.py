"""
part = "train_epoch"
verdict = "wrong"
misconception = "a tensor of one number is a number"
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
        losses = losses + loss.detach() * len(y)
        n += len(y)
    return losses / n
