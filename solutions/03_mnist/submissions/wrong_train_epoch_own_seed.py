"""
part = "train_epoch"
verdict = "wrong"
misconception = "a fresh seed in each epoch makes training more random"
see = "cell:one_batch"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    torch.seed()
    losses, n = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses += loss.item() * len(y)
        n += len(y)
    return losses / n
