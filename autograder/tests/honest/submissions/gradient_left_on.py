"""
note = "an answer that still requires a gradient, and no_grad inside"
"""


# %% softmax
def softmax(logits):
    return logits.clone().requires_grad_().softmax(1)


# %% unit
@torch.no_grad()
def unit(x):
    n = torch.linalg.vector_norm(x)
    if not n:
        raise ValueError(f"cannot: {x}")
    return x.div(n)
