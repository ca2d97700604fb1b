"""
part = "train_epoch"
verdict = "wrong"
misconception = "an epoch needs one `zero_grad`"
see = "slide:the-loop-four-lines"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    optimizer.zero_grad()
    losses, n = 0.0, 0
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
