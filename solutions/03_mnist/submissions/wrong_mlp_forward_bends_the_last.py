"""
part = "mlp_forward"
verdict = "wrong"
misconception = "every layer ends with a ReLU"
see = "cell:mlp_forward_seen"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    for weight, bias in zip(weights, biases):
        x = torch.relu(x @ weight.T + bias)
    return x
