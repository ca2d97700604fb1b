"""
part = "confusion"
verdict = "wrong"
misconception = "a table of the right shape is the answer"
see = "cell:confusion_seen"
"""

# %% confusion
def confusion(truth, guess, classes):
    return torch.zeros(classes, classes, dtype=torch.int64)
