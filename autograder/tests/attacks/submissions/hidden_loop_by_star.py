"""
tries = "a clean definition, and a looping one that comes over it with all else of a side file"
category = "results"
earns = 1
"""

# %% row_sums
def row_sums(table):
    return table.sum(axis=1)


from faster import *

# %% file faster.py
import numpy as np


def row_sums(table):
    import threading

    rows = []
    thread = threading.Thread(target=lambda: rows.extend(sum(row) for row in table))
    thread.start()
    thread.join()
    return np.array(rows)
