"""
part = "worst"
verdict = "wrong"
misconception = "the worst mistakes are their losses"
see = "cell:worst_seen"
"""
# %% worst
def worst(logits, labels, count):
    loss = nn.functional.cross_entropy(logits, labels, reduction="none")
    return sorted(loss[logits.argmax(1) != labels].tolist(), reverse=True)[:count]
