"""
note = "a DataLoader with two workers"
"""

# %% extra
import torch
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(torch.arange(8.0)), batch_size=2, num_workers=2)
print([batch[0].sum().item() for batch in loader])
