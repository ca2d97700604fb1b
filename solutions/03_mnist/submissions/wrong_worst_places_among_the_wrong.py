"""
part = "worst"
verdict = "wrong"
misconception = "a place among the wrong examples is a place in the batch"
see = "slide:confusion-and-the-worst-mistakes"
"""
# %% worst
def worst(logits, labels, count):
    wrong = logits.argmax(1) != labels
    losses = nn.functional.cross_entropy(logits[wrong], labels[wrong], reduction="none")
    return losses.argsort(descending=True)[:count].tolist()
