"""
note = "os._exit and a crash of the interpreter in cells of its own"
ends = "crashed"
"""

# %% extra
import os
os._exit(0)

# %% extra
import ctypes
ctypes.string_at(0)

# %% extra
import os, signal
os.abort()
