"""
part = "train_epoch"
verdict = "wrong"
misconception = "a model is in training mode by itself"
see = "slide:the-loop-four-lines"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    pass
    losses, n = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
