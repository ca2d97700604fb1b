"""
part = "neuron"
verdict = "wrong"
misconception = "only `backward` is autograd"
see = "slide:the-gradient-by-hand"
"""
# %% neuron
def neuron(x, y, w, b, lr):
    def cost(w, b):
        return nn.functional.binary_cross_entropy_with_logits(x @ w + b, y)

    slope = torch.func.jacrev(cost, argnums=(0, 1))
    grad_w, grad_b = slope(w, b)
    return cost(w, b), grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
