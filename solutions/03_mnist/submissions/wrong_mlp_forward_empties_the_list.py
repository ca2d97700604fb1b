"""
part = "mlp_forward"
verdict = "wrong"
misconception = "a list that is handed in is the function's own"
see = "cell:mlp_forward_seen"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    while len(weights) > 1:
        x = torch.relu(x @ weights.pop(0).T + biases.pop(0))
    return x @ weights[0].T + biases[0]
