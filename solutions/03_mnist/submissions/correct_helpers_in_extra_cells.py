"""
note = "helpers in cells of their own, and a class for the network"
"""
# %% extra
def softplus(z):
    return torch.clamp(z, min=0) + torch.log1p(torch.exp(-z.abs()))


def errors(z, y):
    return torch.sigmoid(z) - y

# %% neuron
def neuron(x, y, w, b, lr):
    z = (x * w).sum(dim=1) + b
    delta = errors(z, y)
    dw = (x * delta[:, None]).mean(dim=0)
    db = delta.mean()
    return [(softplus(z) - y * z).mean(), dw, db, w - lr * dw, b - lr * db]

# %% extra
def to_float(pictures, mean=0.0, std=1.0):
    return (pictures.float() / 255 - mean) / std

# %% prepare
def prepare(images, labels, share, seed):
    pick = np.random.RandomState(seed).permutation(len(images))
    cut = len(images) - round(share * len(images))
    a, b = torch.from_numpy(pick[:cut]), torch.from_numpy(pick[cut:])
    mean = to_float(images[a]).mean().item()
    std = to_float(images[a]).std().item()
    return (
        to_float(images[a], mean, std).unsqueeze(1),
        labels[a],
        to_float(images[b], mean, std).unsqueeze(1),
        labels[b],
        mean,
        std,
    )

# %% extra
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(1, 12, 5, stride=2, padding=2)
        self.two = nn.Conv2d(12, 32, 3, stride=2, padding=1)
        self.out = nn.Linear(32 * 7 * 7, 24)
        self.last = nn.Linear(24, 10)

    def forward(self, x):
        x = torch.relu(self.two(torch.relu(self.one(x))))
        return self.last(torch.relu(self.out(x.flatten(1))))

# %% make_cnn
def make_cnn():
    return Net()

# %% extra
def confused(logits, labels):
    return logits.argmax(dim=1) != labels

# %% worst
def worst(logits, labels, count):
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    ranking = torch.where(confused(logits, labels), losses, -1.0).argsort(descending=True).tolist()
    return [place for place in ranking if confused(logits, labels)[place]][:count]
