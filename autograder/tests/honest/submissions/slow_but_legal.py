"""
note = "half a second of work in each call"
"""

# %% extra
import time


# %% softmax
def softmax(logits):
    until = time.process_time() + 0.4
    while time.process_time() < until:
        pass
    e = (logits - logits.amax(dim=1, keepdim=True)).exp() if logits.numel() else logits
    return e / e.sum(dim=1, keepdim=True)
