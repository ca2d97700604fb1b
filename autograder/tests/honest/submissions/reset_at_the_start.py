"""
note = "%reset -f and a clean screen before the imports, again after them"
"""

# %% extra
# %reset -f
# %clear
import numpy as np
import torch
