"""
note = "prints a lot, within reason"
"""

# %% extra
print("x" * 100_000)


# %% softmax
def softmax(logits):
    print(logits, "\n" * 1000)
    e = (logits - logits.amax(dim=1, keepdim=True)).exp() if logits.numel() else logits
    return e / e.sum(dim=1, keepdim=True)
