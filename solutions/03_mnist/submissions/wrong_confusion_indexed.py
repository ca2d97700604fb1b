"""
part = "confusion"
verdict = "wrong"
misconception = "`table[rows, columns] += 1` counts pairs that come twice"
see = "slide:confusion-and-the-worst-mistakes"
"""
# %% confusion
def confusion(truth, guess, classes):
    table = torch.zeros(classes, classes, dtype=torch.int64)
    table[truth, guess] += 1
    return table
