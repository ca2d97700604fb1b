"""
part = "cross_entropy"
verdict = "wrong"
misconception = "after the shift softmax may be rounded to 0 and then logged"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    e = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    p = e / e.sum(dim=1, keepdim=True)
    return -p[torch.arange(len(labels)), labels].log().mean()
