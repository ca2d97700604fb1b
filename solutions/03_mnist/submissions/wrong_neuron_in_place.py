"""
part = "neuron"
verdict = "wrong"
misconception = "`w -= …` inside a function changes nothing outside"
see = "cell:neuron_seen"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    error = torch.sigmoid(z) - y
    grad_w = x.T @ error / len(x)
    grad_b = error.mean()
    w -= lr * grad_w
    b -= lr * grad_b
    return loss, grad_w, grad_b, w, b
