"""
note = "asserts on the input, isinstance checks, exact shapes and a docstring with tests"
"""

# %% softmax
def softmax(logits):
    """Softmax.

    >>> softmax(torch.zeros(1, 2))
    tensor([[0.5000, 0.5000]])
    """
    assert type(logits) is torch.Tensor and logits.ndim == 2 and logits.layout is torch.strided
    assert logits.device == torch.device("cpu") and not logits.requires_grad and logits.is_leaf
    out = logits.new_empty(logits.shape)
    torch.softmax(logits, 1, out=out)
    return out


# %% row_sums
def row_sums(table):
    assert type(table) is np.ndarray and table.flags.writeable and table.dtype.isnative
    out = np.empty(len(table))
    return np.sum(table, axis=1, out=out)


# %% extra
import doctest

doctest.testmod()
