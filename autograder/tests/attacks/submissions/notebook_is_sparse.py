"""
tries = "hand in a sparse notebook of a terabyte"
category = "files"
seconds = 5
"""

# %% folder
import os
os.truncate(path, 1 << 40)
