"""
note = "a Counter and an OrderedDict where a dict will do"
"""

# %% extra
from collections import Counter


# %% tally
class tally(Counter):
    def add(self, word):
        self[word] += 1

    def count(self, word):
        return self[word]
