"""
note = "input, getpass and sys.stdin in cells of their own"
ends = "raised"
"""

# %% extra
import sys
print(repr(sys.stdin.read()))

# %% extra
import getpass
getpass.getpass("Password? ")

# %% extra
input()
