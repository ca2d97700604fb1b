"""
note = "other imports and other names for locals"
"""

# %% softmax
import torch.nn.functional as nnf
from torch import Tensor as Block


def softmax(ze_logits: Block) -> Block:
    return nnf.softmax(ze_logits, dim=-1)
