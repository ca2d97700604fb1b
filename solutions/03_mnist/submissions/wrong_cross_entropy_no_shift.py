"""
part = "cross_entropy"
verdict = "wrong"
misconception = "softmax can be written as it stands on paper"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - 0
    true = shifted[torch.arange(len(labels)), labels]
    return (torch.exp(shifted).sum(1).log() - true).mean()
