"""
note = "a pool of threads, a pool of processes and a loader with workers inside each call"
"""

# %% extra
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool
from torch.utils.data import DataLoader


def square(n):
    return n * n


# %% softmax
def softmax(logits):
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda row: row.softmax(0), logits))
    return torch.stack(rows) if rows else logits


# %% tally
class tally:
    def __init__(self):
        with Pool(2) as pool:
            assert pool.map(square, [1, 2]) == [1, 4]
        self.words = []

    def add(self, word):
        self.words.append(word)

    def count(self, word):
        return self.words.count(word)


# %% demean
def demean(x):
    total = sum(batch.sum() for batch in DataLoader(x, batch_size=4, num_workers=2))
    return x - total / len(x)
