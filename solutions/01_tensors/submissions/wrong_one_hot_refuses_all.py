"""
part = "one_hot"
verdict = "raised"
misconception = "a label is allowed if one of the two conditions holds, so the test may be turned round with or"
see = "slide:slicing-masks-fancy"
"""
# %% one_hot
def one_hot(labels, classes):
    if (labels >= 0).any() or (labels < classes).any():
        raise ValueError("labels must lie between 0 and K - 1")
    return (labels[..., None] == torch.arange(classes)).float()
