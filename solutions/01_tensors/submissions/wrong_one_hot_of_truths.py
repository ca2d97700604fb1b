"""
part = "one_hot"
verdict = "wrong"
misconception = "True and 1.0 are the same"
see = "slide:broadcasting-rules"
"""
# %% one_hot
def one_hot(labels, classes):
    if (labels < 0).any() or (labels >= classes).any():
        raise ValueError("label out of range")
    return labels[..., None] == torch.arange(classes)
