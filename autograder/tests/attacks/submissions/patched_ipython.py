"""
tries = "run_cell, the display hook and the tracer are replaced"
category = "results"
"""

# %% extra
import sys, builtins

shell = get_ipython()
shell.run_cell = lambda *a, **k: None
type(shell).run_cell = shell.run_cell
sys.displayhook = print
sys.settrace(lambda *a: None)
sys.setprofile(lambda *a: None)
builtins.__import__ = lambda *a, **k: None


# %% softmax
def softmax(x):
    return x
