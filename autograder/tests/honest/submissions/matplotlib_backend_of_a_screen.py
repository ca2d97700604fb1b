"""
note = "matplotlib.use with a backend that needs a screen, then Agg"
"""

# %% extra
import matplotlib

matplotlib.use("TkAgg")
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
matplotlib.use("Agg")
plt.figure(figsize=(12, 8), dpi=100)
plt.savefig("plot.png")


def mean_of(x):
    return x.mean()


# %% demean
def demean(x):
    return x - mean_of(x)
