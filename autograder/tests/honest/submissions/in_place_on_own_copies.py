"""
note = "works in place on a clone, with out=, masks and index_put"
"""

# %% demean
def demean(x):
    y = x.clone()
    y -= y.mean()
    return y


# %% unit
def unit(x):
    if torch.equal(x, torch.zeros_like(x)):
        raise ValueError("zero")
    y = x.detach().clone()
    y.div_(y.norm())
    return y


# %% predict
def predict(images):
    labels = torch.zeros(len(images), dtype=torch.int64)
    labels[images[:, :2].sum((1, 2)) > images[:, 2:].sum((1, 2))] = 1
    return labels
