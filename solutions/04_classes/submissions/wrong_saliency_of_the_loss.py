"""
part = "saliency"
verdict = "wrong"
misconception = "saliency is the gradient of the loss"
see = "cell:saliency_seen"
"""

# %% saliency
def saliency(model, images, labels):
    """Return how strongly each pixel moves the logit of the label.

    model: (N, H, W) to logits (N, K); images: (N, H, W) float32; labels: (N,) int64.
    Returns: (N, H, W), absolute derivatives, without a gradient.
    """
    pixels = images.detach().clone().requires_grad_()
    logits = model(pixels)
    chosen = functional.cross_entropy(logits, labels)
    (derivative,) = torch.autograd.grad(chosen, pixels)
    return derivative.abs()
