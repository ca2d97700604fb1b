"""
note = "four convolutions in place of two, with BatchNorm, and a loop that keeps its losses in a list"
"""
# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    sums, counts = [], []
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        sums.append(loss.item() * x.shape[0])
        counts.append(x.shape[0])
    return sum(sums) / sum(counts)

# %% make_cnn
def make_cnn():
    def block(ins, outs):
        layers = [nn.Conv2d(ins, outs, 3, padding=1), nn.BatchNorm2d(outs), nn.ReLU()]
        layers += [nn.Conv2d(outs, outs, 3, padding=1), nn.BatchNorm2d(outs), nn.ReLU()]
        return [*layers, nn.MaxPool2d(2)]

    return nn.Sequential(*block(1, 16), *block(16, 32), nn.Flatten(), nn.Linear(32 * 7 * 7, 24), nn.ReLU(), nn.Linear(24, 10))
