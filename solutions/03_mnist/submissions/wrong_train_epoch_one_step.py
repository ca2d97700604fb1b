"""
part = "train_epoch"
verdict = "wrong"
misconception = "one step an epoch is enough"
see = "slide:the-loop-four-lines"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    optimizer.zero_grad()
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        losses += loss.item() * len(y)
        n += len(y)
    optimizer.step()
    return losses / n
