"""
note = "NumPy arrays of other dtypes, filter, a deque, a pool of threads"
"""

# %% means
import numpy as np


def means(table):
    return table.numpy().astype(np.longdouble).mean(axis=1).astype("f8")


# %% evens
def evens(numbers):
    return filter(lambda number: number & 1 == 0, numbers)


# %% batches
from collections import deque
from concurrent.futures import ThreadPoolExecutor


def batches(values):
    with ThreadPoolExecutor(2) as pool:
        return deque(pool.map(lambda batch: batch.numpy().sum(dtype="f8"), values.chunk(4)))


# %% learn
def learn(x, y):
    w = np.linalg.pinv(x.numpy()) @ y.numpy()
    return np.square(x.numpy() @ w - y.numpy()).mean().item()
