"""
part = "confusion"
verdict = "wrong"
misconception = "a loop over examples is as good"
see = "cell:confusion_seen"
"""
# %% confusion
def confusion(truth, guess, classes):
    table = torch.zeros(classes, classes, dtype=torch.int64)
    for t, g in zip(truth.tolist(), guess.tolist()):
        table[t, g] += 1
    return table
