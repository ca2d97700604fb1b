"""
part = "mlp_forward"
verdict = "wrong"
misconception = "a copy by `torch.tensor` is the same tensor to autograd"
see = "slide:three-witnesses"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    for place, (w, b) in enumerate(zip(weights, biases)):
        x = x @ w.T + torch.tensor(b.tolist(), dtype=b.dtype)
        if place < len(weights) - 1:
            x = torch.relu(x)
    return x
