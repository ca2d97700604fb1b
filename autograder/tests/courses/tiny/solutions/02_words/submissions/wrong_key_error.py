"""
part = "tally"
verdict = "raised"
misconception = "every word that is asked for was added"
see = "slide:a-tally"
"""


# %% tally
class tally:
    def __init__(self):
        self.counts = {}

    def add(self, word):
        word = word.lower()
        self.counts[word] = self.counts.get(word, 0) + 1

    def count(self, word):
        return self.counts[word.lower()]
