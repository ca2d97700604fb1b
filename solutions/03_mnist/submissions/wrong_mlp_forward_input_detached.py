"""
part = "mlp_forward"
verdict = "wrong"
misconception = "only weights need gradients, so the input may be cut off"
see = "slide:three-witnesses"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    x = x.detach()
    for place, (w, b) in enumerate(zip(weights, biases)):
        x = x @ w.T + b
        if place < len(weights) - 1:
            x = torch.relu(x)
    return x
