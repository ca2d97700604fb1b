"""
part = "cross_entropy"
verdict = "wrong"
misconception = "axis 0 holds the classes"
see = "cell:cross_entropy_seen"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - logits.max(dim=0, keepdim=True).values
    true = shifted[torch.arange(len(labels)), labels]
    return (torch.exp(shifted).sum(0).log().mean() - true.mean())
