"""
part = "cross_entropy"
verdict = "wrong"
misconception = "by hand means without a class"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    return nn.functional.cross_entropy(logits, labels)
