"""
note = "calls exit() and quit() in the last cell"
"""

# %% extra_end
exit()
# %% extra_end
quit
