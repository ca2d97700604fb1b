"""
note = "lru_cache, wraps, no_grad, inference_mode and a timer around parts"
"""

# %% extra
import functools, time


def timed(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        start = time.perf_counter()
        result = function(*args, **kwargs)
        print(function.__name__, time.perf_counter() - start)
        return result

    return inner


# %% softmax
@timed
@functools.lru_cache(maxsize=None)
def softmax(logits):
    return logits.softmax(1)


# %% row_sums
@timed
def row_sums(table):
    return table.sum(1)


# %% first_half
@torch.no_grad()
def first_half(x):
    return x.narrow(0, 0, len(x) // 2)


# %% demean
@torch.inference_mode()
def demean(x):
    return x - x.mean()


# %% tally
@timed
class tally:
    def __init__(self):
        self.counts = {}

    def add(self, word):
        self.counts[word] = self.counts.get(word, 0) + 1

    @functools.cache
    def nothing(self):
        return None

    def count(self, word):
        return self.counts.get(word, 0)
