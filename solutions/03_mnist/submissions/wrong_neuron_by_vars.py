"""
part = "neuron"
verdict = "wrong"
misconception = "gradients that come under a name in two pieces are formulas"
see = "slide:the-gradient-by-hand"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    w, b = w.clone(), b.clone()
    w.requires_grad, b.requires_grad = True, True
    loss = nn.functional.binary_cross_entropy_with_logits(x @ w + b, y)
    grad_w, grad_b = vars(torch)["auto" + "grad"].__dict__["gr" + "ad"](loss, (w, b))
    return loss.detach(), grad_w, grad_b, (w - lr * grad_w).detach(), (b - lr * grad_b).detach()
