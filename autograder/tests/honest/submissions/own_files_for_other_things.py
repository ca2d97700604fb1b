"""
note = "a module of one's own that is written, imported, run and loaded for other parts, and a thread that is only imported"
"""

# %% extra
# %%writefile drawings.py
import threading


def titled(text):
    return list(map(str.title, sorted(text.split(), key=len)))


def load_ipython_extension(shell):
    print("loaded")

# %% extra
import threading
import drawings
from drawings import titled
from concurrent.futures import ThreadPoolExecutor
rows = list(map(len, titled("one or two")))

# %% row_sums
# %run drawings.py
# %load_ext drawings
def row_sums(table):
    return table.sum(axis=1)

# %% extra
# %load_ext autoreload
# %timeit -n 2 -r 1 row_sums(np.ones((3, 2)))
# %time sums = row_sums(np.ones((3, 2)))
print(drawings.titled(str(sums)))

# %% tally
class tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        self.words = [*self.words, titled(word)[0].lower()]

    def count(self, word):
        return len(list(filter(word.__eq__, self.words)))
