"""
note = "patched print, tensors that print themselves, hooks for exceptions"
"""

# %% extra
import atexit, builtins, sys, threading, signal

before = builtins.print
builtins.print = lambda *a, **k: before(">", *a, **k)
torch.Tensor.__repr__ = lambda self: "Tensor" + str(tuple(self.shape))
torch.Tensor.double_it = lambda self: self * 2
sys.excepthook = lambda *a: print("oops")
threading.excepthook = lambda *a: None
get_ipython().set_custom_exc((ValueError,), lambda *a, **k: print("custom"))
signal.signal(signal.SIGINT, signal.SIG_DFL)
atexit.register(lambda: print("bye"))
print(torch.ones(2))
