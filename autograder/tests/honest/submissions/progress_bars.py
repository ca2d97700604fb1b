"""
note = "a progress bar with tqdm and one by hand"
"""

# %% extra
import sys, time

for i in range(50):
    sys.stdout.write(f"\r{i} %")
    sys.stdout.flush()
try:
    from tqdm.auto import tqdm

    for i in tqdm(range(20)):
        pass
except ImportError:
    pass
