"""
part = "cross_entropy"
verdict = "wrong"
misconception = "a default under the name of what it is, is a name of one's own"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels, vars=vars):
    return vars(nn.functional)["cross" + "_entropy"](logits, labels)
