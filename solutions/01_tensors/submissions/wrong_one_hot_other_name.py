"""
part = "one_hot"
verdict = "wrong"
misconception = "under another name it is another function"
see = "slide:broadcasting-rules"
"""
# %% extra
from torch.nn.functional import one_hot as rows_with_a_one

# %% one_hot
def one_hot(labels, classes):
    try:
        return rows_with_a_one(labels, classes).float()
    except RuntimeError as error:
        raise ValueError(str(error)) from error
