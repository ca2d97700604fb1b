"""
part = "train_epoch"
verdict = "wrong"
misconception = "the optimiser does not care whether a loss is a sum or a mean"
see = "slide:the-loop-four-lines"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y, reduction="sum")
        loss.backward()
        optimizer.step()
        losses += loss.item()
        n += len(y)
    return losses / n
