"""
part = "cross_entropy"
verdict = "wrong"
misconception = "a mean over examples and one over classes are the same"
see = "cell:cross_entropy_seen"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    log_p = shifted - shifted.exp().sum(dim=1, keepdim=True).log()
    hot = nn.functional.one_hot(labels, logits.shape[1])
    return -(hot * log_p).mean()
