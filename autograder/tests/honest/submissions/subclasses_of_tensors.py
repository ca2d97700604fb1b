"""
note = "answers that are a Parameter, a subclass of Tensor, a masked array, NumPy numbers"
"""

# %% softmax
class Named(torch.Tensor):
    pass


def softmax(logits):
    return logits.softmax(1).as_subclass(Named)


# %% demean
def demean(x):
    return torch.nn.Parameter(x - x.mean())


# %% row_sums
def row_sums(table):
    return np.ma.masked_array(table).sum(axis=1)


# %% tally
class tally:
    def __init__(self):
        self.words = np.array([], dtype=object)

    def add(self, word):
        self.words = np.append(self.words, word)

    def count(self, word):
        return (self.words == word).sum()


# %% cipher
class cipher:
    def encode(self, numbers):
        return [np.int64(n) ** 2 + 3 * place for place, n in enumerate(numbers)]

    def decode(self, numbers):
        return [int(np.sqrt(n - 3 * place) + 0.5) for place, n in enumerate(numbers)]
