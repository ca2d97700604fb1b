"""
tries = "let a shell command print 1 GB, and write 1 GB to descriptors 1 and 2"
category = "neighbours"
seconds = 30
"""

# %% extra
import os

for _ in range(1000):
    os.write(1, b"x" * 10**6)
get_ipython().system("yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | head -c 1000000000")
