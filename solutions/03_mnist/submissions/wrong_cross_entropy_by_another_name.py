"""
part = "cross_entropy"
verdict = "wrong"
misconception = "a ready-made loss under a name of one's own is written by hand"
see = "slide:softmax-and-cross-entropy"
"""
# %% extra
loss_of = nn.functional.cross_entropy


# %% cross_entropy
def cross_entropy(logits, labels):
    return loss_of(logits, labels)
