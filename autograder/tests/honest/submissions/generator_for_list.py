"""
note = "a generator where any iterable will do, inside a class"
"""


# %% tally
class tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        self.words.append(word)

    def count(self, word):
        return sum(1 for w in self.words if w == word)

    def __len__(self):
        return len(self.words)

    @property
    def unique(self):
        return sorted(set(self.words))

    @staticmethod
    def version():
        return 2
