"""
note = "cells of parts that begin with %%time, %%capture and a line magic"
"""

# %% softmax
# %%time
def softmax(logits):
    return torch.softmax(logits, dim=1)

# %% row_sums
# %%capture words
# %matplotlib inline
def row_sums(table):
    # %time would not be here
    return table.sum(axis=1)

# %% demean
# %load_ext autoreload
def demean(x):
    return x - x.mean()
