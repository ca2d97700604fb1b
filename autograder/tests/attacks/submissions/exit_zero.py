"""
tries = "end the process with success before anything is asked"
category = "results"
"""

# %% extra
import os

os._exit(0)
