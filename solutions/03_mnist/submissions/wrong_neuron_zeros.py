"""
part = "neuron"
verdict = "wrong"
misconception = "five values of the right shapes are the answer"
see = "cell:sure_seen"
"""

# %% neuron
def neuron(x, y, w, b, lr):
    nothing = torch.zeros_like(b)
    return nothing, torch.zeros_like(w), nothing, w.clone(), b.clone()
