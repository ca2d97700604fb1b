"""
part = "neuron"
verdict = "wrong"
misconception = "the logarithm of a probability is safe, since a probability is never 0"
see = "cell:sure_seen"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = -(y * torch.sigmoid(z).log() + (1 - y) * (1 - torch.sigmoid(z)).log()).mean()
    error = torch.sigmoid(z) - y
    grad_w = x.T @ error / len(x)
    grad_b = error.mean()
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
