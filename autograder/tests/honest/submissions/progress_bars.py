"""
note = "progress bars: tqdm of every kind, rich, and one by hand"
"""

# %% extra
import sys
import tqdm
from tqdm import tqdm as bar, trange
from tqdm.auto import tqdm as auto_bar
from tqdm.notebook import tqdm as notebook_bar, tnrange
from rich.progress import track

for i in range(50):
    sys.stdout.write(f"\r{i} %")
    sys.stdout.flush()
for kind in (bar, auto_bar, notebook_bar, track):
    for i in kind(range(20)):
        pass
with bar(total=3, desc="loss", unit="batch", leave=False) as progress:
    progress.update(1)
    progress.set_postfix(loss=0.1)
    progress.write("text")


# %% row_sums
def row_sums(table):
    with tqdm.tqdm(total=len(table)) as progress:
        sums = table.sum(axis=1)
        progress.update(len(table))
    return sums


# %% tally
class tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        for one in trange(1, file=sys.stderr):
            self.words.append(word)

    def count(self, word):
        return sum(other == word for other in bar(self.words))
