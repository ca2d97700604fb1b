"""
part = "mlp_forward"
verdict = "wrong"
misconception = "more linear layers can do more than one"
see = "slide:an-mlp-is-week-1s-matmuls"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    for weight, bias in zip(weights, biases):
        x = x @ weight.T + bias
    return x
