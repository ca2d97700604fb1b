"""
note = "%matplotlib notebook above a helper that the answer needs"
"""

# %% extra
# %matplotlib notebook
import matplotlib.pyplot as plt


def normalised(z):
    return z / z.sum(dim=1, keepdim=True)


plt.plot([1, 2])
plt.show()


# %% softmax
def softmax(logits):
    top = logits.max(1, keepdim=True).values if logits.numel() else 0
    return normalised((logits - top).exp())
