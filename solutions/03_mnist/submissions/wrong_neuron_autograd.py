"""
part = "neuron"
verdict = "wrong"
misconception = "by hand means without an optimiser"
see = "slide:the-gradient-by-hand"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    loss = nn.functional.binary_cross_entropy_with_logits(x @ w + b, y)
    loss.backward()
    return loss.detach(), w.grad, b.grad, (w - lr * w.grad).detach(), (b - lr * b.grad).detach()
