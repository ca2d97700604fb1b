"""
note = "one line where one line will do"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    h = x @ weights[0].T + biases[0]
    return h if len(weights) == 1 else mlp_forward(h.relu(), weights[1:], biases[1:])

# %% cross_entropy
def cross_entropy(logits, labels):
    s = logits - logits.amax(1, True)
    return (s.exp().sum(1).log() - s[range(len(s)), labels]).mean()

# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    o = torch.randperm(n, generator=generator).tolist() if generator else list(range(n))
    for k in range(0, n, batch_size):
        x, y = zip(*map(dataset.__getitem__, o[k : k + batch_size]))
        yield torch.stack(x), torch.tensor(y)

# %% evaluate
def evaluate(model, loader):
    model.eval()
    with torch.no_grad():
        m = torch.tensor([[len(y), len(y) * nn.functional.cross_entropy(z := model(x), y), (z.argmax(1) == y).sum()] for x, y in loader], dtype=torch.float64).sum(0)
    return (m[1] / m[0]).item(), (m[2] / m[0]).item()

# %% make_cnn
def make_cnn():
    c, r, m = nn.Conv2d, nn.ReLU, nn.MaxPool2d
    return nn.Sequential(c(1, 20, 5), r(), m(2), c(20, 40, 5), r(), m(2), nn.Flatten(), nn.Linear(640, 48), r(), nn.Linear(48, 10))

# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    for p, v in zip(parameters, velocities):
        if p.grad is not None:
            v *= momentum
            v += p.grad
            p.data -= lr * v
