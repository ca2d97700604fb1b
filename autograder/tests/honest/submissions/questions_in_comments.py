"""
note = "questions at the ends of comments and lines that begin with a sign, in cells with magics; a cell that is indented"
"""

# %% softmax
# %%time
def softmax(logits):  # over which dimension?
    return torch.softmax(logits, dim=1)

# %% row_sums
# %matplotlib inline
def row_sums(table):
    return (table.sum(  # along which axis?
        axis=1)
        / 1)

# %% demean
    # an answer that was moved from a class
    def demean(x):
        return x - x.mean()  # of all?
