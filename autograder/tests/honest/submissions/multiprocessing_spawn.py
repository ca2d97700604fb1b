"""
note = "a loader whose workers are started by spawn"
"""

# %% extra
import multiprocessing
from torch.utils.data import DataLoader

multiprocessing.set_start_method("spawn", force=True)
multiprocessing.set_start_method("fork", force=True)
loader = DataLoader(list(range(4)), num_workers=1, batch_size=2, persistent_workers=True)
print([batch.sum() for batch in loader])
