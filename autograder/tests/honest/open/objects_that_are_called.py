"""
note = "callables of many kinds, half precision that is enough, workers that outlive their loop"
"""


# %% means
class Means(torch.nn.Module):
    def forward(self, table):
        return table.mean(-1)


means = Means().double()
means = Means()


# %% evens
class evens:
    def __new__(cls, numbers):
        return iter([number for number in numbers if number % 2 == 0])


# %% extra
from torch.utils.data import DataLoader, TensorDataset, IterableDataset


class Values(IterableDataset):
    def __init__(self, values):
        self.values = values

    def __iter__(self):
        yield from self.values


# %% batches
def batches(values):
    loader = DataLoader(Values(values), batch_size=4, num_workers=1, persistent_workers=True)
    return [sum(batch).item() for batch in loader]


# %% learn
@torch.enable_grad()
def learn(x, y, rate=0.5):
    w = torch.zeros(x.shape[1], 1, requires_grad=True)
    for _ in range(100):
        (gradient,) = torch.autograd.grad(((x @ w - y) ** 2).mean(), w)
        with torch.no_grad():
            w -= rate * gradient / 2
    return ((x @ w - y) ** 2).mean().item()
