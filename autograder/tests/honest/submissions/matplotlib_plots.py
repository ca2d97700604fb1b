"""
note = "figures that stay open, a style and a saved file"
"""

# %% extra
import matplotlib.pyplot as plt

get_ipython().run_line_magic("matplotlib", "inline")
plt.style.use("ggplot")
for _ in range(4):
    fig, ax = plt.subplots()
    ax.plot([1, 2, 3])
    ax.set_title("äöü $x^2$")
plt.savefig("figure.png")
plt.show()
fig


# %% softmax
def softmax(logits):
    import matplotlib.pyplot as plt

    plt.plot([1, 2])
    plt.show()
    e = (logits - logits.amax(dim=1, keepdim=True)).exp() if logits.numel() else logits
    return e / e.sum(dim=1, keepdim=True)
