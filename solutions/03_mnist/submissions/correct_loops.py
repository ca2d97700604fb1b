"""
note = "one example, one weight, one epoch at a time, as people think"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    n, d = x.shape
    loss = torch.zeros((), dtype=x.dtype)
    dw = torch.zeros_like(w)
    db = torch.zeros_like(b)
    for i in range(n):
        z = b.clone()
        for j in range(d):
            z = z + x[i, j] * w[j]
        loss += (nn.functional.softplus(z) - y[i] * z) / n
        e = torch.sigmoid(z) - y[i]
        for j in range(d):
            dw[j] += e * x[i, j] / n
        db += e / n
    return loss, dw, db, w - lr * dw, b - lr * db

# %% mlp_forward
def mlp_forward(x, weights, biases):
    last = len(weights) - 1
    for i in range(len(weights)):
        x = torch.matmul(x, weights[i].transpose(0, 1)) + biases[i]
        if i != last:
            x = x * (x > 0)
    return x

# %% cross_entropy
def cross_entropy(logits, labels):
    total = 0
    for row, label in zip(logits, labels):
        m = row.max()
        total = total + m + torch.log(torch.sum(torch.exp(row - m))) - row[label]
    return total / logits.shape[0]

# %% prepare
def prepare(images, labels, share, seed):
    chance = np.random.default_rng(seed)
    held = set(chance.choice(len(images), round(share * len(images)), replace=False).tolist())
    inside = [i for i in range(len(images)) if i not in held]
    outside = [i for i in range(len(images)) if i in held]
    a = images[inside].to(torch.float32).div(255)
    b = images[outside].to(torch.float32).div(255)
    mean = float(a.mean())
    std = float(a.std(unbiased=False))
    a = ((a - mean) / std).reshape(-1, 1, 28, 28)
    b = ((b - mean) / std).reshape(-1, 1, 28, 28)
    return a, labels[inside], b, labels[outside], mean, std

# %% batches
def batches(dataset, batch_size, generator=None):
    order = list(range(len(dataset)))
    if generator is not None:
        order = [int(i) for i in torch.randperm(len(dataset), generator=generator)]
    images = []
    labels = []
    for i in order:
        image, label = dataset[i]
        images.append(image)
        labels.append(label)
        if len(images) == batch_size:
            yield torch.stack(images), torch.tensor(labels)
            images = []
            labels = []
    if images:
        yield torch.stack(images), torch.tensor(labels)

# %% evaluate
def evaluate(model, loader):
    model.eval()
    losses = []
    hits = []
    with torch.no_grad():
        for images, labels in loader:
            scores = model(images)
            for row, label in zip(scores, labels):
                losses.append(nn.functional.cross_entropy(row[None], label[None]).item())
                hits.append(row.argmax().item() == label.item())
    return sum(losses) / len(losses), sum(hits) / len(hits)

# %% fit
def fit(model, train, valid, epochs, patience):
    history = []
    best_epoch = 0
    best_loss = math.inf
    best_weights = {name: value.clone() for name, value in model.state_dict().items()}
    for epoch in range(1, epochs + 1):
        training = train()
        validation = valid()
        history.append((training, validation))
        if validation < best_loss:
            best_epoch = epoch
            best_loss = validation
            best_weights = {name: value.clone() for name, value in model.state_dict().items()}
        if epoch - best_epoch == patience:
            break
    model.load_state_dict(best_weights)
    return history

# %% worst
def worst(logits, labels, count):
    found = []
    for place in range(len(labels)):
        if logits[place].argmax() != labels[place]:
            loss = nn.functional.cross_entropy(logits[place : place + 1], labels[place : place + 1]).item()
            found.append((loss, place))
    found.sort(reverse=True)
    return [place for _, place in found[:count]]
