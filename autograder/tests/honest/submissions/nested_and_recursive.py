"""
note = "a closure, a local class, recursion and a default argument that is kept"
"""

# %% softmax
def softmax(logits, row=0, *, done=()):
    if row == len(logits):
        return torch.stack(done) if done else logits
    return softmax(logits, row + 1, done=(*done, logits[row].softmax(0)))


# %% demean
def outer():
    calls = 0

    def inner(x):
        nonlocal calls
        calls += 1

        class Local:
            mean = x.mean()

        return x - Local.mean

    return inner


demean = outer()


# %% tally
class tally:
    def __init__(self, memory={}):
        self.memory = memory
        self.memory.clear()

    def add(self, word):
        self.memory.setdefault(word, []).append(word)

    def count(self, word):
        return len(self.memory.get(word, ()))
