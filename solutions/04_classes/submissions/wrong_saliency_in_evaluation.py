"""
part = "saliency"
verdict = "wrong"
misconception = "a model is asked in evaluation mode, and whoever trains it sets its mode again"
see = "cell:saliency_seen"
"""

# %% saliency
def saliency(model, images, labels):
    """Return how strongly each pixel moves the logit of the label.

    model: (N, H, W) to logits (N, K); images: (N, H, W) float32; labels: (N,) int64.
    Returns: (N, H, W), absolute derivatives, without a gradient.
    """
    model.eval()
    pixels = images.detach().clone().requires_grad_()
    logits = model(pixels)
    chosen = logits[torch.arange(len(labels)), labels].sum()
    (derivative,) = torch.autograd.grad(chosen, pixels)
    return derivative.abs()
