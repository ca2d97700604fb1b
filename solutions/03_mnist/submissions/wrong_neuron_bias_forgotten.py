"""
part = "neuron"
verdict = "wrong"
misconception = "the bias has no x, so its gradient is 1"
see = "cell:witnesses_seen"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    error = torch.sigmoid(z) - y
    grad_w = x.T @ error / len(x)
    grad_b = torch.ones_like(b)
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
