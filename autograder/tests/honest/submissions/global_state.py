"""
note = "seeds, caches, global counters and options"
"""

# %% extra
import random, functools

random.seed(1)
torch.manual_seed(2)
np.random.seed(3)
np.set_printoptions(precision=2)
torch.set_printoptions(sci_mode=False)
np.seterr(all="ignore")
calls = 0


@functools.lru_cache
def cached(n):
    return n * n


# %% demean
def demean(x):
    global calls
    calls += 1
    cached(calls)
    return x - x.mean()
