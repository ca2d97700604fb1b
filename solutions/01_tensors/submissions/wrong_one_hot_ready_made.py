"""
part = "one_hot"
verdict = "wrong"
misconception = "a call of the library is an answer"
see = "slide:broadcasting-rules"
"""
# %% one_hot
def one_hot(labels, classes):
    return torch.nn.functional.one_hot(labels, classes).float()
