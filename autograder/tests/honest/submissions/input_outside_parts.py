"""
note = "input() left in a cell of its own"
ends = "raised"
"""

# %% extra
name = input("Your name? ")
print("hello", name)
