"""
note = "recursion to a depth of nine hundred"
"""

# %% tally
class tally:
    def __init__(self):
        self.words = ()

    def add(self, word):
        self.words = (word, self.words)

    def count(self, word):
        def deep(n):
            return 0 if n == 0 else deep(n - 1)

        deep(900)
        return self._count(self.words, word)

    def _count(self, words, word):
        return 0 if not words else (words[0] == word) + self._count(words[1], word)
