"""
part = "mlp_forward"
verdict = "wrong"
misconception = "an axis of length 1 is no axis"
see = "cell:mlp_forward_seen"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    for place, (weight, bias) in enumerate(zip(weights, biases)):
        x = (torch.relu(x) if place else x) @ weight.T + bias
    return x.squeeze()
