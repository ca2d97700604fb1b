"""
tries = "a clean definition, and a looping one imported over it from a side file"
category = "results"
earns = 1
"""

# %% row_sums
def row_sums(table):
    return table.sum(axis=1)


from faster import quick as row_sums

# %% file faster.py
import threading
import numpy as np


def quick(table):
    rows = []
    thread = threading.Thread(target=lambda: rows.extend(sum(row) for row in table))
    thread.start()
    thread.join()
    return np.array(rows)
