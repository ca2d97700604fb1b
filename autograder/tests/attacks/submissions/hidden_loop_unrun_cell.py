"""
tries = "a clean definition that is never run, since its cell is a script of another language, and a loop in a thread"
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

# %% extra
%%script true
def row_sums(table):
    return table.sum(axis=1)
