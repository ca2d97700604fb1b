"""
part = "neuron"
verdict = "wrong"
misconception = "a slope between two near points is the gradient by the formulas"
see = "slide:the-gradient-by-hand"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    def mean_loss(w, b):
        z = x.double() @ w + b
        return (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()

    w64, b64, h = w.double(), b.double(), 1e-5
    ways = h * torch.eye(len(w), dtype=torch.float64)
    grad_w = torch.stack([mean_loss(w64 + way, b64) - mean_loss(w64 - way, b64) for way in ways]) / (2 * h)
    grad_b = (mean_loss(w64, b64 + h) - mean_loss(w64, b64 - h)) / (2 * h)
    loss, grad_w, grad_b = (value.to(x.dtype) for value in (mean_loss(w64, b64), grad_w, grad_b))
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
