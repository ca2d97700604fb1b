"""
note = "cells that raise, interrupt, assert and do not parse, between the parts"
ends = "raised"
"""

# %% extra
1 / 0

# %% extra
raise KeyboardInterrupt

# %% extra
assert False, "to do"

# %% extra
undefined_name

# %% softmax_later
raise SystemExit(1)

# %% extra_end
import sys; sys.exit("done")
