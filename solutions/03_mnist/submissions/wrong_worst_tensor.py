"""
part = "worst"
verdict = "wrong"
misconception = "a tensor of places is a list of places"
see = "slide:confusion-and-the-worst-mistakes"
"""
# %% worst
def worst(logits, labels, count):
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    losses[logits.argmax(1) == labels] = -1
    return losses.argsort(descending=True)[:count]
