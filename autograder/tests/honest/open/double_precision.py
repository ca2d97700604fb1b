"""
note = "float64 from start to end, numbers of Python, a tuple, a loader with two workers"
"""


# %% means
def means(table):
    return tuple(row.double().mean().item() for row in table)


# %% evens
def evens(numbers):
    return (number for number in numbers if not number % 2)


# %% batches
from torch.utils.data import DataLoader


def batches(values):
    return [batch.double().sum().item() for batch in DataLoader(values, batch_size=4, num_workers=2)]


# %% learn
def learn(x, y):
    x, y = x.double(), y.double()
    w = torch.linalg.lstsq(x, y).solution
    return float(((x @ w - y) ** 2).mean())
