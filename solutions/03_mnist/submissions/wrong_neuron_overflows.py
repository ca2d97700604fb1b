"""
part = "neuron"
verdict = "wrong"
misconception = "log(1 + e^z) can be written as it stands on paper"
see = "cell:sure_seen"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    z = x @ w + b
    loss = ((1 + z.exp()).log() - y * z).mean()
    error = torch.sigmoid(z) - y
    grad_w = x.T @ error / len(x)
    grad_b = error.mean()
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
