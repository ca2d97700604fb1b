"""
note = "keeps a list and counts when asked"
"""


# %% tally
class tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        self.words.append(word.casefold())

    def count(self, word):
        return self.words.count(word.casefold())
