"""
part = "train_epoch"
verdict = "wrong"
misconception = "gradients may be forgotten at any time before the next batch"
see = "slide:the-loop-four-lines"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    losses, n = 0.0, 0
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
