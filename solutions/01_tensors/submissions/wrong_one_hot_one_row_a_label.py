"""
part = "one_hot"
verdict = "wrong"
misconception = "labels are always one row"
see = "cell:broadcast_seen"
"""
# %% one_hot
def one_hot(labels, classes):
    if len(labels) and (labels.min() < 0 or labels.max() >= classes):
        raise ValueError("label out of range")
    out = torch.zeros(labels.shape[0], classes)
    out[torch.arange(labels.shape[0]), labels.flatten()[: labels.shape[0]]] = 1
    return out
