"""
part = "cross_entropy"
verdict = "wrong"
misconception = "a loss whose name is glued together is written by hand"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    return vars(nn.functional)["cross" + "_entropy"](logits, labels)
