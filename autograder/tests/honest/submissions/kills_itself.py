"""
note = "the line by which Colab's runtime is restarted"
"""

# %% extra
import os
os.kill(os.getpid(), 9)
