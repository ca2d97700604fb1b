"""
note = "input() left in a cell of its own"
"""

# %% extra
name = input("Your name? ")
print("hello", name)
