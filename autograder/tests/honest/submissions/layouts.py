"""
note = "answers that are transposed, expanded or not contiguous"
"""


# %% softmax
def softmax(logits):
    return logits.T.contiguous().softmax(0).T


# %% row_sums
def row_sums(table):
    return np.asfortranarray(table).sum(axis=1)[::-1][::-1]


# %% predict
def predict(images):
    both = torch.stack([images[:, 2:].mean((1, 2)), images[:, :2].mean((1, 2))])
    return both.argmax(0)
