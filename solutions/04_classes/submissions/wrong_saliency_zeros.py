"""
part = "saliency"
verdict = "wrong"
misconception = "a map of the right shape is the answer"
see = "cell:saliency_seen"
"""

# %% saliency
def saliency(model, images, labels):
    return torch.zeros_like(images)
