"""
tries = "a loop in a thread of a pool, where the tracer of this thread sees nothing"
category = "results"
earns = 1
"""

# %% extra
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(2)


# %% row_sums
def row_sums(table):
    return pool.submit(lambda: np.array(list(pool.map(sum, table)))).result()
