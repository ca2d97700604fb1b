"""
note = "modules imported in the answers' cells, and a picture and its label taken in two goes"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    X, Y, W, B = (t.detach().numpy() for t in (x, y, w, b))
    z = X @ W + B
    loss = np.logaddexp(0, z).mean() - (Y * z).mean()
    p = np.exp(-np.logaddexp(0, -z))
    gw, gb = X.T @ (p - Y) / len(Y), (p - Y).mean()
    return tuple(torch.tensor(np.asarray(a), dtype=x.dtype) for a in (loss, gw, gb, W - lr * gw, B - lr * gb))

# %% mlp_forward
from functools import reduce


def mlp_forward(x, weights, biases):
    layers = list(zip(weights, biases))
    hidden = reduce(lambda h, layer: torch.relu(torch.addmm(layer[1], h, layer[0].t())), layers[:-1], x)
    return torch.addmm(layers[-1][1], hidden, layers[-1][0].t())

# %% prepare
import random


def prepare(images, labels, share, seed):
    N = images.shape[0]
    held = torch.zeros(N, dtype=torch.bool)
    held[random.Random(seed).sample(range(N), round(N * share))] = True
    x = images[:, None].double() / 255
    mean, std = x[~held].mean().item(), x[~held].std(correction=0).item()
    x = ((x - mean) / std).float()
    return x[~held], labels[~held], x[held], labels[held], mean, std

# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = torch.arange(n) if generator is None else torch.randperm(n, generator=generator)
    for start in range(0, n, batch_size):
        piece = order[start : start + batch_size].tolist()
        images = torch.stack([dataset[i][0] for i in piece])
        labels = torch.tensor([dataset[i][1] for i in piece])
        yield images, labels

# %% evaluate
def evaluate(model, loader):
    model.eval()
    asked = [p for p in model.parameters() if p.requires_grad]
    for p in asked:
        p.requires_grad_(False)
    rows = []
    with torch.no_grad():
        for x, y in loader:
            z = model(x).double()
            losses = z.logsumexp(1) - z[torch.arange(len(y)), y]
            rows.append(torch.stack([losses, (z.topk(1).indices[:, 0] == y).double()], 1))
    for p in asked:
        p.requires_grad_(True)
    loss, right = torch.cat(rows).mean(0).tolist()
    return loss, right

# %% fit
import io


def fit(model, train, valid, epochs, patience):
    def store():
        buffer = io.BytesIO()
        torch.save(model.state_dict(), buffer)
        return buffer

    kept, best, history = store(), (math.inf, 0), []
    while len(history) < epochs and len(history) - best[1] < patience:
        history += [(train(), valid())]
        if history[-1][1] < best[0]:
            kept, best = store(), (history[-1][1], len(history))
    kept.seek(0)
    model.load_state_dict(torch.load(kept))
    return history

# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    pairs = [(p, v) for p, v in zip(parameters, velocities) if p.grad is not None]
    with torch.no_grad():
        for p, v in pairs:
            v[...] = momentum * v + p.grad
            p[...] = p - lr * v

# %% worst
import heapq


def worst(logits, labels, count):
    loss = torch.logsumexp(logits, 1) - logits[torch.arange(len(labels)), labels]
    wrong = [i for i, row in enumerate(logits) if int(row.argmax()) != int(labels[i])]
    return heapq.nlargest(count, wrong, key=lambda i: float(loss[i]))
