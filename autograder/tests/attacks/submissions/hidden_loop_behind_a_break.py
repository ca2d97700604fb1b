"""
tries = "a looping definition, and a clean one that a break, an error in a context or one below %%capture never reaches"
category = "results"
earns = 1
"""

# %% row_sums
def row_sums(table):
    import threading

    rows = []
    thread = threading.Thread(target=lambda: rows.extend(sum(row) for row in table))
    thread.start()
    thread.join()
    return np.array(rows)


while True:
    break

    def row_sums(table):
        return table.sum(axis=1)

# %% extra
import contextlib

with contextlib.suppress(Exception):
    1 / 0

    def row_sums(table):
        return table.sum(axis=1)

# %% extra
%%capture
1 / 0
def row_sums(table):
    return table.sum(axis=1)
