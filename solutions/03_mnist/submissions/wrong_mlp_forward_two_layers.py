"""
part = "mlp_forward"
verdict = "raised"
misconception = "an MLP has one hidden layer"
see = "slide:an-mlp-is-week-1s-matmuls"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    hidden = torch.relu(x @ weights[0].T + biases[0])
    return hidden @ weights[-1].T + biases[-1]
