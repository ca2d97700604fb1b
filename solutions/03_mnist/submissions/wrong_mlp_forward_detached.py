"""
part = "mlp_forward"
verdict = "wrong"
misconception = "only numbers matter on the way forward"
see = "slide:three-witnesses"
"""
# %% mlp_forward
def mlp_forward(x, weights, biases):
    for place, (weight, bias) in enumerate(zip(weights, biases)):
        x = (torch.relu(x) if place else x) @ weight.detach().T + bias
    return x
