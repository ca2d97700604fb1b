"""
part = "confusion"
verdict = "raised"
misconception = "each pair comes at least once"
see = "cell:confusion_seen"
"""
# %% confusion
def confusion(truth, guess, classes):
    return torch.bincount(truth * classes + guess).reshape(classes, classes)
