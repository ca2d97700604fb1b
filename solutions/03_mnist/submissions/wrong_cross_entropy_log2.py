"""
part = "cross_entropy"
verdict = "wrong"
misconception = "any logarithm will do"
see = "cell:cross_entropy_seen"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    true = shifted[torch.arange(len(labels)), labels]
    return (torch.exp(shifted).sum(1).log2() - true).mean()
