"""
part = "mlp_forward"
verdict = "wrong"
misconception = "a tensor of the right shape is the answer"
see = "cell:mlp_forward_seen"
"""

# %% mlp_forward
def mlp_forward(x, weights, biases):
    return torch.zeros(len(x), len(biases[-1]), dtype=x.dtype)
