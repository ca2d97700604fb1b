"""
part = "neuron"
verdict = "wrong"
misconception = "a step goes where the gradient points"
see = "slide:one-step-by-hand"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    error = torch.sigmoid(z) - y
    grad_w = x.T @ error / len(x)
    grad_b = error.mean()
    return loss, grad_w, grad_b, w + lr * grad_w, b + lr * grad_b
