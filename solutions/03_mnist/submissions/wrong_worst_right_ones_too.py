"""
part = "worst"
verdict = "wrong"
misconception = "unsure is as bad as wrong"
see = "cell:worst_seen"
"""
# %% worst
def worst(logits, labels, count):
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    return losses.argsort(descending=True)[:count].tolist()
