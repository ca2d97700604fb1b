"""
tries = "change torch, numpy, builtins and IPython for whoever comes next"
category = "neighbours"
"""

# %% extra
import torch, numpy as np, builtins, IPython, gc

torch.Tensor.exp = torch.Tensor.sum = torch.randn = None
np.ndarray = builtins.len = builtins.sum = IPython.get_ipython = None
torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
torch.set_grad_enabled(False)
gc.disable()
