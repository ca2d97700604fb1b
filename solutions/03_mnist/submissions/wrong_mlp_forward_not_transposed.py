"""
part = "mlp_forward"
verdict = "raised"
misconception = "a weight matrix is (in, out)"
see = "slide:an-mlp-is-week-1s-matmuls"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    for place, (weight, bias) in enumerate(zip(weights, biases)):
        x = (torch.relu(x) if place else x) @ weight + bias
    return x
