"""
tries = "a clean definition that is given the code of a looping one"
category = "results"
earns = 1
"""

# %% row_sums
def row_sums(table):
    return table.sum(axis=1)


def slow(table):
    import threading

    rows = []
    thread = threading.Thread(target=lambda: rows.extend(sum(row) for row in table))
    thread.start()
    thread.join()
    return np.array(rows)


row_sums.__code__ = slow.__code__
