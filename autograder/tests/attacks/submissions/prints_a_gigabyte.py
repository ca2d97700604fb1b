"""
tries = "print 1 GB"
category = "neighbours"
"""

# %% extra
for _ in range(1000):
    print("x" * 10**6)
