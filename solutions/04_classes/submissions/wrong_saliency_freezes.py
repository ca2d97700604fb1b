"""
part = "saliency"
verdict = "wrong"
misconception = "parameters that need no gradient now need none later"
see = "cell:saliency_seen"
"""

# %% saliency
def saliency(model, images, labels):
    """Return how strongly each pixel moves the logit of the label.

    model: (N, H, W) to logits (N, K); images: (N, H, W) float32; labels: (N,) int64.
    Returns: (N, H, W), absolute derivatives, without a gradient.
    """
    for one in model.parameters():
        one.requires_grad_(False)
    pixels = images.detach().clone().requires_grad_()
    logits = model(pixels)
    chosen = logits[torch.arange(len(labels)), labels].sum()
    chosen.backward()
    return pixels.grad.abs()
