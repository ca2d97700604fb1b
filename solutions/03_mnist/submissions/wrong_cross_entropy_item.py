"""
part = "cross_entropy"
verdict = "wrong"
misconception = "a loss is a number, so `.item()` does no harm"
see = "cell:gradient_bugs"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    true = shifted[torch.arange(len(labels)), labels]
    return torch.tensor((torch.exp(shifted).sum(1).log() - true).mean().item(), dtype=logits.dtype)
