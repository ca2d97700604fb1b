"""
part = "tally"
verdict = "wrong"
misconception = "two spellings are two words"
see = "slide:a-tally"
"""


# %% tally
class tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        self.words.append(word)

    def count(self, word):
        return self.words.count(word)
