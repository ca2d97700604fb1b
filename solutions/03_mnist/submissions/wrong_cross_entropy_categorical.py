"""
part = "cross_entropy"
verdict = "wrong"
misconception = "a class that calls the ready-made function is by hand"
see = "slide:softmax-and-cross-entropy"
"""
# %% cross_entropy
def cross_entropy(logits, labels):
    return -torch.distributions.Categorical(logits=logits).log_prob(labels).mean()
