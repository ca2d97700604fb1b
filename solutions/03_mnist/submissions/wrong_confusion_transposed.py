"""
part = "confusion"
verdict = "wrong"
misconception = "rows are the guess"
see = "slide:confusion-and-the-worst-mistakes"
"""
# %% confusion
def confusion(truth, guess, classes):
    return torch.bincount(guess * classes + truth, minlength=classes**2).view(classes, classes)
