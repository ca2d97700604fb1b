"""
note = "everything of well-known modules imported between the parts, a counter on a function, a definition below %%time"
"""

# %% row_sums
# %%time
def row_sums(table):
    return table.sum(axis=1)


# %% extra
from math import *
from pathlib import *
from torch.utils.data import *

row_sums.calls = 0
