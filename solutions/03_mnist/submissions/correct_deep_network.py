"""
note = "four convolutions in place of two, with BatchNorm, a loop that keeps its losses in a list, and names of one's own that elsewhere are ready-made"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = (torch.logaddexp(torch.zeros_like(z), z) - y * z).mean()
    error = (torch.sigmoid(z) - y) / len(y)
    slope = {"grad": x.T @ error, "grad_b": error.sum()}
    return loss, slope["grad"], slope["grad_b"], w - lr * slope["grad"], b - lr * slope["grad_b"]

# %% cross_entropy
class Row:
    @staticmethod
    def logsumexp(z):
        top = z.max(dim=1, keepdim=True).values
        return (z - top).exp().sum(dim=1).log() + top[:, 0]

def cross_entropy(logits, labels):
    return (Row.logsumexp(logits) - logits[torch.arange(len(labels)), labels]).mean()

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
