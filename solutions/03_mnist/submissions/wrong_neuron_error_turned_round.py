"""
part = "neuron"
verdict = "wrong"
misconception = "the error is what was true less what was said"
see = "cell:witnesses_seen"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    error = y - torch.sigmoid(z)
    grad_w = x.T @ error / len(x)
    grad_b = error.mean()
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
