"""
note = "%%writefile, %run, %%bash and an import of what they wrote"
"""

# %% extra
# %%writefile layers.py
import torch
def stable(z):
    return torch.softmax(z, 1)

# %% extra
# %run layers.py
import layers
from layers import stable as kept
# %pycat layers.py


# %% softmax
def softmax(logits):
    return kept(logits)
