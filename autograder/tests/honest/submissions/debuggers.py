"""
note = "breakpoint(), %debug, %pdb and help() left in cells and in an answer"
"""

# %% extra
breakpoint()
# %pdb on
# %debug
help(len)
# %xmode Verbose


# %% softmax
def softmax(logits):
    breakpoint()
    return logits.softmax(1)
