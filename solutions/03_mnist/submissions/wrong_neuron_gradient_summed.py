"""
part = "neuron"
verdict = "wrong"
misconception = "the loss is a mean, its gradient may stay a sum"
see = "cell:witnesses_seen"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    error = torch.sigmoid(z) - y
    grad_w = x.T @ error
    grad_b = error.sum()
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
