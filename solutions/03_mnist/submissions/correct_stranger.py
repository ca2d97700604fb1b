"""
note = "worked out from the released text alone, one step a line"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    """Return loss and gradient of one neuron, and its weights after one step."""
    N = len(x)
    z = x @ w + b
    p = torch.sigmoid(z)
    losses = torch.logaddexp(z, torch.zeros_like(z)) - y * z
    loss = losses.sum() / N
    difference = p - y
    grad_w = x.T @ difference / N
    grad_b = difference.sum() / N
    new_w = w - lr * grad_w
    new_b = b - lr * grad_b
    return loss, grad_w, grad_b, new_w, new_b  # public

# %% mlp_forward
def mlp_forward(x, weights, biases):
    for place, (W, b) in enumerate(zip(weights, biases)):
        x = x @ W.T + b
        if place != len(weights) - 1:
            x = x.relu()
    return x

# %% cross_entropy
def cross_entropy(logits, labels):
    m = logits.max(dim=1, keepdim=True).values  # public
    z = logits - m
    log_sum = torch.log(torch.exp(z).sum(dim=1))
    z_y = z[torch.arange(len(labels)), labels]
    losses = log_sum - z_y
    return losses.mean()

# %% prepare
def prepare(images, labels, share, seed):
    N = len(images)
    numbers = torch.randperm(N, generator=torch.Generator().manual_seed(seed))  # public
    count = round(share * N)
    for_valid = numbers[:count]
    for_train = numbers[count:]
    train_pictures = images[for_train].float() / 255
    mean = train_pictures.mean().item()
    std = train_pictures.std().item()
    valid_pictures = images[for_valid].float() / 255
    train_pictures = ((train_pictures - mean) / std).unsqueeze(1)
    valid_pictures = ((valid_pictures - mean) / std).unsqueeze(1)
    return train_pictures, labels[for_train], valid_pictures, labels[for_valid], mean, std

# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    if generator is not None:
        places = torch.randperm(n, generator=generator).tolist()
    else:
        places = torch.arange(n).tolist()
    start = 0
    while start < n:
        pictures, numbers = [], []
        for place in places[start : start + batch_size]:
            picture, number = dataset[place]
            pictures.append(picture)
            numbers.append(number)
        yield torch.stack(pictures), torch.tensor(numbers)
        start += batch_size

# %% train_epoch
def train_epoch(model, loader, optimizer):
    model.train()
    sum_of_losses = 0
    number_of_examples = 0
    for images, labels in loader:
        optimizer.zero_grad()
        logits = model(images)
        loss = nn.functional.cross_entropy(logits, labels)
        loss.backward()
        optimizer.step()
        sum_of_losses += loss.item() * len(images)
        number_of_examples += len(images)
    return sum_of_losses / number_of_examples

# %% evaluate
def evaluate(model, loader):
    model.eval()
    sum_of_losses = 0
    number_right = 0
    number_of_examples = 0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            sum_of_losses += nn.functional.cross_entropy(logits, labels).item() * len(images)
            number_right += (labels == logits.argmax(dim=1)).sum().item()
            number_of_examples += len(images)
    return sum_of_losses / number_of_examples, number_right / number_of_examples

# %% fit
def fit(model, train, valid, epochs, patience):
    rows = []
    smallest = math.inf
    ago = 0
    best_weights = copy.deepcopy(model.state_dict())  # public
    for epoch in range(epochs):
        training_loss = train()
        validation_loss = valid()
        rows.append((training_loss, validation_loss))
        ago += 1
        if validation_loss < smallest:
            smallest = validation_loss
            best_weights = copy.deepcopy(model.state_dict())  # public
            ago = 0
        if ago == patience:
            break
    model.load_state_dict(best_weights)
    return rows

# %% make_cnn
def make_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 24, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(24 * 4 * 4, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )

# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is not None:
                v.mul_(momentum).add_(p.grad)
                p -= lr * v

# %% confusion
def confusion(truth, guess, classes):
    number_of_pair = truth * classes + guess
    counted = torch.bincount(number_of_pair, minlength=classes * classes)
    return counted.reshape(classes, classes)

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
She chose the epoch on the test digits, so the number contains luck that is gone on new digits.
She should choose on validation digits and test once.
"""
