"""
part = "one_hot"
verdict = "wrong"
misconception = "an index that does not exist always raises"
see = "slide:slicing-masks-fancy"
"""
# %% one_hot
def one_hot(labels, classes):
    return torch.eye(classes)[labels]
