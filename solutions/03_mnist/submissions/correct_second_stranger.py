"""
note = "a second reader's answers to the released text, pieces cut by split"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    n = len(y)
    z = x @ w + b  # (N,)
    p = torch.sigmoid(z)
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    wrong = p - y
    grad_w = wrong @ x / n  # (N,) @ (N, D)
    grad_b = wrong.sum() / n
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b

# %% mlp_forward
def mlp_forward(x, weights, biases):
    last = len(weights) - 1
    for i in range(len(weights)):
        x = x @ weights[i].T + biases[i]
        if i != last:
            x = torch.relu(x)
    return x

# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    log_sum = torch.log(torch.exp(shifted).sum(dim=1))
    true_logit = shifted[torch.arange(len(labels)), labels]
    return (log_sum - true_logit).mean()

# %% prepare
def prepare(images, labels, share, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(images), generator=generator)
    n_valid = round(share * len(images))
    valid = order[:n_valid]
    train = order[n_valid:]
    train_images = images[train].float() / 255
    valid_images = images[valid].float() / 255
    mean = train_images.mean().item()  # public
    std = train_images.std().item()  # public
    train_images = ((train_images - mean) / std).unsqueeze(1)
    valid_images = ((valid_images - mean) / std).unsqueeze(1)
    return train_images, labels[train], valid_images, labels[valid], mean, std

# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    if n == 0:
        return
    if generator is None:
        order = torch.arange(n)
    else:
        order = torch.randperm(n, generator=generator)  # public
    for piece in order.split(batch_size):
        images = []
        labels = []
        for place in piece.tolist():
            image, label = dataset[place]
            images.append(image)
            labels.append(label)
        yield torch.stack(images), torch.tensor(labels)

# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    total = 0.0
    count = 0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    return total / count

# %% evaluate
def evaluate(model, loader):
    model.eval()
    total = 0.0
    right = 0
    count = 0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            total += nn.functional.cross_entropy(logits, labels).item() * len(labels)
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return total / count, right / count

# %% fit
def fit(model, train, valid, epochs, patience):
    best_loss = math.inf
    best_weights = copy.deepcopy(model.state_dict())  # public
    bad_epochs = 0
    history = []
    for epoch in range(epochs):
        train_loss = train()
        valid_loss = valid()
        history.append((train_loss, valid_loss))
        if valid_loss < best_loss:
            best_loss = valid_loss
            best_weights = copy.deepcopy(model.state_dict())  # public
            bad_epochs = 0
        else:
            bad_epochs += 1
            if bad_epochs == patience:
                break
    model.load_state_dict(best_weights)
    return history

# %% make_cnn
def make_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),  # (N, 8, 28, 28)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (N, 8, 14, 14)
        nn.Conv2d(8, 16, 3, padding=1),  # (N, 16, 14, 14)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (N, 16, 7, 7)
        nn.Flatten(),  # (N, 784)
        nn.Linear(784, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )

# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is not None:
                v.mul_(momentum)
                v.add_(p.grad)
                p.sub_(lr * v)

# %% confusion
def confusion(truth, guess, classes):
    pair = truth * classes + guess
    return torch.bincount(pair, minlength=classes * classes).reshape(classes, classes)

# %% worst
def worst(logits, labels, count):
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    wrong = logits.argmax(dim=1) != labels
    places = []
    for place in losses.argsort(descending=True).tolist():
        if wrong[place]:
            places.append(place)
    return places[:count]

# %% why_test [markdown]
r"""
She looked at the test digits after each of the 20 epochs and kept the luckiest one, so the test digits were used to choose and the number is too good.
She should choose the epoch with the validation set and look at the test set only once, at the end.
"""
