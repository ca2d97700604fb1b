"""
note = "uses _ for the value of the cell before"
"""

# %% extra
40 + 2

# %% extra
print(_ + 1)
for _ in range(3):
    pass
assert _ == 2

# %% extra
43

# %% extra
assert _ == 2
