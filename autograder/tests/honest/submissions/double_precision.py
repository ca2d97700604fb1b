"""
note = "float64 on the way, the input's dtype at the end"
"""


# %% softmax
def softmax(logits):
    return torch.softmax(logits.double(), dim=1).to(logits.dtype)


# %% demean
def demean(x):
    return (x.double() - x.double().mean()).to(x.dtype)
