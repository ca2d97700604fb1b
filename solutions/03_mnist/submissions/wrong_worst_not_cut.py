"""
part = "worst"
verdict = "wrong"
misconception = "`count` is only there for the picture below"
see = "cell:worst_seen"
"""
# %% worst
def worst(logits, labels, count):
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    wrong = logits.argmax(dim=1) != labels
    return [place for place in losses.argsort(descending=True).tolist() if wrong[place]]
