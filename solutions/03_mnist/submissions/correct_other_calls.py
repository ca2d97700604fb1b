"""
note = "other ready-made calls, and a network with BatchNorm and no hidden layer"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = torch.mv(x, w) + b
    loss = nn.functional.binary_cross_entropy_with_logits(z, y)
    delta = (z.sigmoid() - y) / x.shape[0]
    dw = torch.einsum("n,nd->d", delta, x)
    return loss, dw, delta.sum(), w - lr * dw, b - lr * delta.sum()

# %% mlp_forward
def mlp_forward(x, weights, biases):
    *first, last = list(zip(weights, biases))
    for w, b in first:
        x = nn.functional.linear(x, w, b).clamp(min=0)
    return nn.functional.linear(x, *last)

# %% cross_entropy
def cross_entropy(logits, labels):
    top = logits.max(1, keepdim=True).values.detach()
    norm = (logits - top).exp().sum(1, keepdim=True).log() + top
    return (norm - logits.gather(1, labels[:, None])).squeeze(1).mean()

# %% prepare
def prepare(images, labels, share, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    n = round(len(images) * share)
    where = torch.rand(len(images), generator=g).argsort()
    floats = images.unsqueeze(1) / 255
    std, mean = torch.std_mean(floats[where[n:]])
    std, mean = std.item(), mean.item()
    floats = floats.sub(mean).div(std)
    return floats[where[n:]], labels[where[n:]], floats[where[:n]], labels[where[:n]], mean, std

# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = torch.arange(n) if generator is None else torch.rand(n, generator=generator).argsort()
    for piece in order.split(batch_size):
        if len(piece) == 0:
            return
        pairs = [dataset[int(i)] for i in piece]
        yield torch.stack([p[0] for p in pairs]), torch.as_tensor([p[1] for p in pairs], dtype=torch.long)

# %% train_epoch
def train_epoch(model, loader, optimizer):
    criterion = nn.CrossEntropyLoss()
    model.train(True)
    sums = []
    sizes = []
    for x, y in loader:
        loss = criterion(model(x), y)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        sums.append(loss.detach() * x.shape[0])
        sizes.append(x.shape[0])
    return float(sum(sums)) / sum(sizes)

# %% evaluate
@torch.inference_mode()
def evaluate(model, loader):
    model.train(False)
    pairs = [(model(x), y) for x, y in loader]
    z = torch.cat([a for a, _ in pairs])
    y = torch.cat([b for _, b in pairs])
    return nn.CrossEntropyLoss()(z, y).item(), (z.argmax(-1) == y).double().mean().item()

# %% make_cnn
def make_cnn():
    def block(a, b):
        return [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]

    return nn.Sequential(*block(1, 16), *block(16, 32), *block(32, 32), nn.Flatten(), nn.Linear(288, 10))

# %% sgd_step
@torch.no_grad()
def sgd_step(parameters, velocities, lr, momentum):
    for i, p in enumerate(parameters):
        if p.grad is not None:
            velocities[i].copy_(momentum * velocities[i] + p.grad)
            p.add_(velocities[i], alpha=-lr)

# %% confusion
def confusion(truth, guess, classes):
    hot = nn.functional.one_hot
    return hot(truth, classes).T @ hot(guess, classes)

# %% worst
def worst(logits, labels, count):
    loss = nn.CrossEntropyLoss(reduction="none")(logits, labels)
    wrong = torch.nonzero(logits.argmax(1) != labels).flatten()
    return wrong[torch.argsort(-loss[wrong])].tolist()[:count]
