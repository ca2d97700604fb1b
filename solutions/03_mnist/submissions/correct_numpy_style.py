"""
note = "NumPy's habits: axis, keepdims by None, explicit names"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    scores = x.matmul(w) + b
    zeros = torch.zeros(scores.shape, dtype=scores.dtype)
    loss = torch.mean(torch.logaddexp(zeros, scores) - y * scores)
    said = 1 / (1 + torch.exp(-scores))
    gradient_w = ((said - y)[:, None] * x).sum(axis=0) / x.shape[0]
    gradient_b = torch.sum(said - y) / x.shape[0]
    return loss, gradient_w, gradient_b, w - lr * gradient_w, b - lr * gradient_b

# %% cross_entropy
def cross_entropy(logits, labels):
    rows = torch.arange(logits.shape[0])
    biggest = logits.amax(axis=1)
    log_sum = biggest + torch.log(torch.exp(logits - biggest[:, None]).sum(axis=1))
    return torch.mean(log_sum - logits[rows, labels])

# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    all_losses = np.zeros(0)
    all_sizes = np.zeros(0)
    for images, labels in loader:
        optimizer.zero_grad()
        batch_loss = nn.functional.cross_entropy(model(images), labels)
        batch_loss.backward()
        optimizer.step()
        all_losses = np.append(all_losses, batch_loss.item())
        all_sizes = np.append(all_sizes, len(labels))
    return float(np.average(all_losses, weights=all_sizes))

# %% fit
def fit(model, train, valid, epochs, patience):
    table = np.zeros((0, 2))
    saved = copy.deepcopy(model)
    while len(table) < epochs:
        table = np.vstack([table, [train(), valid()]])
        column = table[:, 1]
        best = int(np.argmin(column))
        if best == len(table) - 1 and column[best] < np.inf:
            saved = copy.deepcopy(model)
        since = len(table) - 1 - best if column[best] < np.inf else len(table)
        if since >= patience:
            break
    model.load_state_dict(saved.state_dict())
    return [(float(a), float(b)) for a, b in table]

# %% confusion
def confusion(truth, guess, classes):
    table = torch.zeros(classes * classes, dtype=torch.int64)
    return table.scatter_add(0, classes * truth + guess, torch.ones_like(truth)).view(classes, classes)

# %% prepare
def prepare(images, labels, share, seed):
    order = np.random.default_rng(seed).permutation(len(images))
    count = round(share * len(images))
    valid, train = order[:count], order[count:]
    pixels = images.numpy() / 255
    middle, width = pixels[train].mean(), pixels[train].std()

    def part(places):
        scaled = ((pixels[places] - middle) / width).astype(np.float32)
        return torch.from_numpy(scaled[:, None]), labels[places]

    return *part(train), *part(valid), middle, width

# %% evaluate
def evaluate(model, loader):
    model.eval()
    losses, hits = [], []
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            losses.append(nn.functional.cross_entropy(logits, labels, reduction="none").numpy())
            hits.append((logits.argmax(axis=1) == labels).numpy())
    return np.concatenate(losses).mean(), np.concatenate(hits).mean()

# %% make_cnn
def make_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(32 * 7 * 7, 32), nn.ReLU(), nn.Linear(32, 10),
    )
