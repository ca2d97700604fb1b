"""
tries = "a cell that never ends"
category = "neighbours"
impatient = true
"""

# %% extra
while True:
    pass
