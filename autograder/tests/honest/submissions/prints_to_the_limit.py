"""
note = "as much output as is kept, and long lines"
"""

# %% extra
print("x" * (64 * 1024 * 50))
for i in range(5000):
    print(i, "loss", i / 7)


# %% tally
class tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        print("adding", word * 1000)
        self.words.append(word)

    def count(self, word):
        print(self.words)
        return self.words.count(word)
