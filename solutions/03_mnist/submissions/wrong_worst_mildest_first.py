"""
part = "worst"
verdict = "wrong"
misconception = "`argsort` begins with the largest"
see = "slide:confusion-and-the-worst-mistakes"
"""
# %% worst
def worst(logits, labels, count):
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    return [p for p in losses.argsort().tolist() if logits[p].argmax() != labels[p]][:count]
