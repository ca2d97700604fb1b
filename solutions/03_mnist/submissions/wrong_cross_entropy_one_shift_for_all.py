"""
part = "cross_entropy"
verdict = "wrong"
misconception = "one maximum for the whole batch is enough"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - logits.max()
    true = shifted[torch.arange(len(labels)), labels]
    return (torch.exp(shifted).sum(1).log() - true).mean()
