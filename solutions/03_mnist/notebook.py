# %% [markdown]
r"""
# Digits: how a network learns

*[[points]] points · the core takes about [[minutes]] minutes, reading included*

Last week you rescued the recording, byte for byte. But *you* had to say which pixels are skin, and which waves to look
for. This week a machine finds out such things by itself, from examples: first a single neuron, by hand, then a network
that reads handwritten digits, then one that still reads them when they move.

You need week 1 (tensors, shapes, matmul) and school calculus (a derivative, the chain rule).

**How this notebook works**

- *Core* parts are for everyone. *Stretch* parts, at the end, are for those who want more.
- Each part stands alone: if one will not work, leave it and go on. No later part needs your answer, and hidden tests never
  need your others; a few cells that show everything together do, and say so.
- *Predict* cells come before *run* cells. Write your guess first. Guesses cost no points. *Open questions* are for the
  walk home.
- A line with a small triangle, such as ▸ *Hint 1*, opens when you click it.
- Write each answer where `raise NotImplementedError` stands, and delete that line. All other code is given: run it.
- Cells under "This raises" show an error on purpose. Read it; nothing is broken.
- Hidden tests call your functions with numbers, sizes and tiny networks that you have not seen, and ask your trained
  networks to read digits that nobody has seen. All that they ask for stands in the text or in the docstring.
- You write functions. Where a `class` appears, it is given and marked "explained next week": read its names, not its
  grammar.
- Everything trains in seconds: a full run takes about half a minute on a laptop's CPU and 1 GB of memory. A GPU is not
  needed; if there is one, it is used.
"""

# %% colab_drive kind="setup"
# In Google Colab: work in this exercise's folder in Google Drive, since Colab deletes its own disk. Elsewhere: nothing.
import sys

if "google.colab" in sys.modules:
    import os
    from pathlib import Path

    from google.colab import drive

    drive.mount("/content/drive")
    for above in ("", "*/", "*/*/", "*/*/*/"):
        folders = sorted(Path("/content/drive/MyDrive").glob(above + "exercises/03_mnist"))
        if folders:
            os.chdir(folders[-1])
            break
    else:
        print("Put the unpacked folder of the course into your Google Drive and open this notebook from there.")
    print("This notebook works in", Path.cwd())

# %% colab_wheel kind="setup"
# In Google Colab: install the course's package where it is not yet there. Everywhere else this cell does nothing.
if "google.colab" in sys.modules:
    import importlib.util
    import subprocess

    name = "coursedata-*.whl"
    wheels = [*Path().glob(name), *Path("../..").glob(name), *Path("/content/drive/MyDrive").glob(f"*/{name}")]
    if importlib.util.find_spec("coursedata"):
        print("coursedata is installed")
    elif wheels:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", str(wheels[0])], check=True)
    else:
        print("Upload coursedata-….whl from the course's zip (the folder icon on the left), and run this cell again.")

# %% imports kind="setup"
import copy
import hashlib
import math
import time

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

import coursedata

# %% sizes kind="setup"
SEED = 0
DIGITS = "synthetic"  # "mnist" where your course works with the real ones
TRAIN = 10_000  # labelled digits, of which a fifth becomes the validation set
TEST = 2_000
EPOCHS = 6

DEVICE = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"

# %% [markdown]
r"""
## 1 · One neuron

**Why.** A network is many copies of one thing. Understand one copy with a pencil, and the rest is bookkeeping.

**Definition.** A *neuron* takes D numbers $x = (x_1, …, x_D)$, multiplies each by a *weight*, adds them and a *bias*:
$z = x \cdot w + b$. For a yes/no question, the *sigmoid* turns z into a probability:
$p = \sigma(z) = 1 / (1 + e^{-z})$. So $z = 0$ says "no idea" (p = 0.5), $z = 5$ says yes (p = 0.993).

How wrong is it? For the truth $y$ (1 yes, 0 no) the *loss* is $-\log$ of the probability that it gave to the truth:
$L = -y \log p - (1-y) \log(1-p)$. Sure and right: near 0. Sure and wrong: large. For N examples we take the mean.

**Derivation.** Learning means changing $w$ and $b$ a little so that $L$ falls; the derivatives say how. Put $p = \sigma(z)$ into $L$: then
$\log p = z - \log(1 + e^z)$ and $\log(1 - p) = -\log(1 + e^z)$, and the logarithms fall together. And $e^z / (1 + e^z)$ is $p$ again:

$$L = \log(1 + e^{z}) - y z \qquad \frac{dL}{dz} = \frac{e^z}{1 + e^z} - y = p - y$$

That is all: *what it said, less what was true*. Then the chain rule, since $\partial z / \partial w_j = x_j$ and $\partial z / \partial b = 1$. For N
examples, with the mean:

$$\frac{\partial L}{\partial w_j} = \frac 1 N \sum_n (p_n - y_n)\, x_{nj} \qquad \frac{\partial L}{\partial b} = \frac 1 N \sum_n (p_n - y_n)$$

All these derivatives together are the *gradient*. It points uphill, so a step of *gradient descent* goes the other way, with a
*learning rate* $\eta$: $w \leftarrow w - \eta\, \partial L / \partial w$, and $b$ likewise. SGD, *stochastic* gradient descent, takes such a step for
each small batch of examples.

**On two numbers.** $x = (1, 2)$, $y = 1$, $w = (0.5, -0.25)$, $b = 0$: then $z = 0$, $p = 0.5$, $L = \log 2 = 0.6931$, $p - y = -0.5$, the gradient
is $(-0.5, -1.0)$ and $-0.5$. With $\eta = 0.1$: $w = (0.55, -0.15)$, $b = 0.05$. Now $z = 0.3$ and $L = 0.5544$. It learned.

### Predict
The loss $-y \log p - (1-y) \log(1-p)$ is written as it stands, in `float32`. The neuron is very sure and very wrong: $z = 200$ and $y = 0$. On paper $L = 200$.
What does the computer say: about 200, 100, infinity, or NaN? And for three other ways to compute it: PyTorch's own `BCELoss(sigmoid(z))`; the derivation's
$\log(1 + e^z) - y z$; and the same by `torch.logaddexp(z, 0)`, which stands for $\log(e^z + e^0)$?
"""

# %% guess_sure kind="free"
guess_sure = {"as it stands": None, "BCELoss(sigmoid(z))": None, "log(1 + exp(z)) - y z": None, "logaddexp": None}

# %% sure_seen kind="example"
z, y = torch.tensor([200.0]), torch.tensor([0.0])
p = torch.sigmoid(z)
seen = {
    "as it stands": -y * p.log() - (1 - y) * (1 - p).log(),
    "BCELoss(sigmoid(z))": nn.BCELoss()(p, y),
    "log(1 + exp(z)) - y z": (1 + z.exp()).log() - y * z,
    "logaddexp": torch.logaddexp(z, torch.zeros(1)) - y * z,
}
for name, value in seen.items():
    print(f"{name:24}{value.item():8.1f}   you said {guess_sure.get(name)}")

# %% explain_sure [markdown] kind="free"
r"""
*Explain (double-click here): 100 is not infinity and looks like a sensible loss. Why is it worse than an error?*
"""

# %% [markdown]
r"""
<details><summary>What happened</summary>

In `float32`, `sigmoid(z)` is exactly 1 from z = 17 on: `1 - p` is 0 and its logarithm minus infinity. `BCELoss` cuts that off at 100: for
z = 17 as for z = 200 the loss is 100 and its gradient is 0. So the examples that are most wrong teach nothing, and nobody is told. `exp(200)` is too
large for `float32`. `torch.logaddexp(a, b)` is $\log(e^a + e^b)$, computed so that neither overflows; with $b = 0$ it is what the loss
needs. (PyTorch has it ready as `BCEWithLogitsLoss`. A *logit* is z: the score before the sigmoid.)

</details>

### Part: `neuron` · [[neuron]]

- **In**: `x` `(N, D)` and `y` `(N,)` (zeros and ones) of a floating dtype; weights `w` `(D,)`; bias `b`, a tensor of shape `()`; learning rate `lr`.
- **Out**: five tensors `loss, grad_w, grad_b, new_w, new_b`: the mean loss `()`, its gradient `(D,)` and `()` by the formulas above, and weights and
  bias after one step. All have the dtype of `x`.
- By hand: no `backward`, no `autograd`, no `torch.func`. Nothing that was given is changed. The loss must be right for z of ±1000 too.

```text
neuron(x=[[1, 2]], y=[1], w=[0.5, -0.25], b=0, lr=0.1)  →  0.6931, [-0.5, -1.0], -0.5, [0.55, -0.15], 0.05
```

<details><summary>Hint 1: all N at once</summary>

`x @ w` is `(N, D) @ (D,)`: one z for each example. In the gradient, the sum over n of $(p_n - y_n)\, x_{nj}$ is again a matmul: which
shapes give `(D,)`?

</details>
<details><summary>Hint 2: the loss</summary>

`torch.logaddexp(z, torch.zeros_like(z))` is $\log(1 + e^z)$.

</details>
<details><summary>Hint 3: do not change what was given</summary>

`w - lr * grad_w` makes a new tensor; `w -= …` changes the caller's.

</details>
"""


# %% neuron kind="solution"
def neuron(x, y, w, b, lr):
    """Return loss and gradient of one neuron, and its weights after one step of gradient descent.

    x: (N, D) float; y: (N,) zeros and ones; w: (D,); b: (); lr: float.
    Returns: loss (), grad_w (D,), grad_b (), new_w (D,), new_b (): tensors of the dtype of x.
    """
    # BEGIN SOLUTION
    z = x @ w + b
    loss = (torch.logaddexp(z, torch.zeros_like(z)) - y * z).mean()
    error = (torch.sigmoid(z) - y) / len(y)
    grad_w = error @ x
    grad_b = error.sum()
    return loss, grad_w, grad_b, w - lr * grad_w, b - lr * grad_b
    # END SOLUTION


# %% neuron_seen kind="example"
two = torch.tensor([[1.0, 2.0]]), torch.tensor([1.0])
for name, value in zip(
    ("loss", "grad_w", "grad_b", "new_w", "new_b"), neuron(*two, torch.tensor([0.5, -0.25]), torch.tensor(0.0), 0.1)
):
    print(f"{name:8}{value}")

# %% [markdown]
r"""
### Three witnesses

A gradient that is wrong still trains, only badly. So never believe one that you derived: ask two others.

- **Finite differences**: move one weight by a tiny $h$ each way; $(L(w + h) - L(w - h)) / 2h$ is the slope. Slow, and never wrong by a formula.
- **Autograd**: tensors with `requires_grad=True` remember how they were computed; `loss.backward()` walks back through that and
  leaves the gradient in `w.grad`. From section 6 on it does the work.
"""

# %% witnesses_seen kind="example"
generator = torch.Generator().manual_seed(SEED)
x = torch.randn(5, 2, generator=generator, dtype=torch.float64)
y = torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0], dtype=torch.float64)
w, b = torch.tensor([0.3, -0.8], dtype=torch.float64), torch.tensor(0.1, dtype=torch.float64)

hand = neuron(x, y, w, b, 0.1)
print("by hand             ", hand[1].numpy(), hand[2].numpy())

h = 1e-6
slopes = []
for step in (torch.tensor([h, 0.0]), torch.tensor([0.0, h])):
    up, down = neuron(x, y, w + step, b, 0.1)[0], neuron(x, y, w - step, b, 0.1)[0]
    slopes.append(((up - down) / (2 * h)).item())
print("finite differences  ", np.array(slopes))

leaf_w, leaf_b = w.clone().requires_grad_(), b.clone().requires_grad_()
optimizer = torch.optim.SGD([leaf_w, leaf_b], lr=0.1)
nn.functional.binary_cross_entropy_with_logits(x @ leaf_w + leaf_b, y).backward()
print("autograd            ", leaf_w.grad.numpy(), leaf_b.grad.numpy())

optimizer.step()
print("your step           ", hand[3].numpy(), hand[4].numpy())
print("torch.optim.SGD's   ", leaf_w.detach().numpy(), leaf_b.detach().numpy())

# %% [markdown]
r"""
### Clouds, a ring, a spiral

Three little data sets, 200 points each, two numbers a point, yes or no. A neuron's border between yes and no is where $z = 0$: a straight line.

### Predict
The same neuron is trained on each, 300 steps. What share will it get right (0.5 is a coin)? And on the ring, if it is given $x_1^2$ and $x_2^2$ as
two more numbers?
"""

# %% guess_points kind="free"
guess_points = {"clouds": None, "ring": None, "ring with squares": None, "spiral": None}


# %% three_sets kind="setup"
def points(kind, seed=0, count=200):
    """Return (count, 2) points of two classes and their classes: "clouds", "ring" or "spiral"."""
    generator = torch.Generator().manual_seed(seed)
    y = (torch.arange(count) % 2).float()
    noise = torch.randn(count, 2, generator=generator)
    if kind == "clouds":
        return noise * 0.8 + 3 * y[:, None] - 1.5, y
    angle = 6.2832 * torch.rand(count, generator=generator)
    radius = 3 * y + 0.5
    if kind == "spiral":
        far = torch.rand(count, generator=generator)
        angle, radius = 9 * far + 3.1416 * y, 4 * far + 0.3
    return torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1) + 0.2 * noise, y


# %% points_seen kind="example"
def learn(x, y):
    """Return the share that a neuron gets right after 300 steps."""
    w, b = torch.zeros(x.shape[1]), torch.tensor(0.0)
    for _ in range(300):
        _, _, _, w, b = neuron(x, y, w, b, 0.3)
    return ((x @ w + b > 0) == (y > 0)).float().mean().item()


share = {}
figure, axes = plt.subplots(1, 3, figsize=(9, 3))
for axis, kind in zip(axes, ("clouds", "ring", "spiral")):
    x, y = points(kind)
    share[kind] = learn(x, y)
    axis.scatter(*x.T, c=y, cmap="coolwarm", s=8)
    axis.set(title=f"{kind}: {share[kind]:.2f}", aspect="equal")
plt.show()
x, y = points("ring")
share["ring with squares"] = learn(torch.cat([x, x**2], dim=1), y)
for kind, guess in guess_points.items():
    print(f"{kind:20}{share[kind]:.2f}   you said {guess}")

# %% [markdown]
r"""
No line parts the ring from its middle. Somebody must bend the plane: with squares, *we* did, because we knew that it is a ring. A second layer of neurons
learns its own bending.

### Three experiments with the network playground

Open the network playground in [this week's deck](../../slides/03_mnist.html#live-train-a-network), and write down what you saw (no points).

1. *Two clouds*, hidden *none*, activation *linear*: does one neuron do?
2. The *ring*, still *linear*, with more neurons, more layers: does it ever succeed? Then change one thing so that it does.
3. The *spiral*: what is the smallest network that parts it?
"""

# %% playground [markdown] kind="free"
r"""
*1. … 2. … 3. …*
"""

# %% [markdown]
r"""
**Open question**: two linear layers with nothing between them, $W_2 (W_1 x)$. Why can they never do more than one?

## 2 · Many neurons: an MLP

**Why.** A digit is not yes or no but one of ten, and a picture has no line that parts all 3s from all 8s.

**Definition.** A *layer* is several neurons that look at the same x. Put their weights as rows into a matrix $W$ `(out, in)`, their biases into $b$ `(out,)`:
for N examples at once, $z = x W^T + b$ with shape `(N, out)`. A *multi-layer perceptron* (MLP) puts layers one behind the other, with a bend
between them, the *ReLU*: $\max(0, z)$. Nothing comes after the last layer: its ten numbers are the *logits*, one score for each digit.

A picture of 28 × 28 is made flat: 784 numbers. With layers 784 → 256 → 128 → 10 there are $784 \cdot 256 + 256 + 256 \cdot 128 + 128 + 128 \cdot 10 + 10 = 235{,}146$
*parameters*: numbers to be learned.

### Part: `mlp_forward` · [[mlp_forward]]

- **In**: `x` `(N, D)`; `weights`, a list of matrices `(out, in)`; `biases`, a list of vectors `(out,)`; one or more layers.
- **Out**: the logits `(N, C)` with C the `out` of the last layer. ReLU after each layer but the last.
- Nothing that was given is changed, and gradients can flow through to `x`, weights and biases (so no `.detach()`, no `.item()`, no NumPy).

```text
x = [[1, 2]],  W1 = [[1, 0], [0, -1]], b1 = [0, 1],  W2 = [[2, 3]], b2 = [0.5]
layer 1: [1, -2 + 1] = [1, -1] → ReLU [1, 0];  layer 2: 2·1 + 3·0 + 0.5 = 2.5   →   [[2.5]]
```

<details><summary>Hint 1: the transpose</summary>

`(N, in) @ (in, out)` is what fits, and `W` is `(out, in)`: use `W.T`.

</details>
<details><summary>Hint 2: not after the last</summary>

`for place, (W, b) in enumerate(zip(weights, biases)):` knows when it is at the last one: `place == len(weights) - 1`. Or bend *before* each
layer but the first.

</details>
"""


# %% mlp_forward kind="solution"
def mlp_forward(x, weights, biases):
    """Return the logits of a multi-layer perceptron.

    x: (N, D); weights: list of (out, in); biases: list of (out,). ReLU between the layers.
    Returns: (N, C), C the size of the last layer.
    """
    # BEGIN SOLUTION
    for place, (weight, bias) in enumerate(zip(weights, biases)):
        if place > 0:
            x = torch.relu(x)
        x = x @ weight.T + bias
    return x
    # END SOLUTION


# %% mlp_forward_seen kind="example"
tiny = (
    (torch.tensor([[1.0, 0.0], [0.0, -1.0]]), torch.tensor([[2.0, 3.0]])),
    (torch.tensor([0.0, 1.0]), torch.tensor([0.5])),
)
print(mlp_forward(torch.tensor([[1.0, 2.0]]), *tiny))

# %% [markdown]
r"""
PyTorch's form of the same, which the rest of this notebook uses. `nn.Linear(784, 256)` is a layer with its $W$ and $b$, filled with small random numbers;
`nn.Sequential` puts things one behind the other; `nn.Flatten` makes `(N, 1, 28, 28)` into `(N, 784)`.
"""


# %% network kind="setup"
class MLP(nn.Module):  # explained next week
    def __init__(self):  # explained next week
        super().__init__()  # explained next week
        self.layers = nn.Sequential(
            nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)
        )

    def forward(self, x):
        return self.layers(x)


# %% network_seen kind="example"
torch.manual_seed(SEED)
mlp = MLP()
print("parameters:", sum(parameter.numel() for parameter in mlp.parameters()))
x = torch.randn(3, 1, 28, 28)
linears = [layer for layer in mlp.layers if isinstance(layer, nn.Linear)]
own = mlp_forward(x.flatten(1), [layer.weight for layer in linears], [layer.bias for layer in linears])
print("nn.Sequential and your matmuls agree:", torch.allclose(mlp(x), own, atol=1e-6))

# %% [markdown]
r"""
### This raises. Why?

A model and its data must lie on the same device. Not everybody has a GPU, but everybody has the device `meta`: its tensors have shapes and no numbers.
"""

# %% meta_raises kind="example" tags=["raises-exception"]
mlp(torch.randn(3, 1, 28, 28, device="meta"))

# %% [markdown]
r"""
<details><summary>What happened</summary>

The weights lie on the CPU and the picture elsewhere. On a GPU you will read *Expected all tensors to be on the same device*: move both, `model.to(DEVICE)` and
`images.to(DEVICE)`. This notebook's loader does it for you.

</details>
"""

# %% [markdown]
r"""
**Open question**: sort the 256 neurons of the first layer in another way: the rows of $W_1$ and $b_1$, and the columns of $W_2$ with them. What changes in the logits? And how many "best" sets of weights
are there then?

## 3 · The loss of ten classes

**Why.** Ten logits must become one number that says how wrong they are.

**Definition.** *Softmax* turns logits into probabilities: $p_c = e^{z_c} / \sum_k e^{z_k}$. *Cross-entropy* is $-\log$ of the probability of the true class $y$:

$$L = -\log p_y = \log \sum_k e^{z_k} - z_y$$

Its gradient is again what was said, less what was true: $\partial L / \partial z_c = p_c - [c = y]$.

A fresh network knows nothing: all ten logits are near 0, each $p$ is near 0.1, and $L$ is near $-\log 0.1 = \log 10 = 2.303$. **Look at this number before
you train.** If the first loss is 9 or 40, something is wrong already (pictures from 0 to 255 instead of around 0, for example).

### Find the bug: a softmax that works on small numbers

A friend wrote softmax as the formula stands. On the first row it agrees with PyTorch's. Run it, then look at the three other rows before you open the box.
"""


# %% softmax_bug kind="example"
def friends_softmax(logits):
    """Return softmax as the friend wrote it."""
    return logits.exp() / logits.exp().sum(dim=1, keepdim=True)


for row in ([2.0, 1.0, -1.0], [90.0, 80.0, 70.0], [1000.0, 0.0, 0.0], [-1000.0, -1000.0, -1000.0]):
    logits = torch.tensor([row])
    print(f"{row!s:28}the friend's", friends_softmax(logits)[0].numpy().round(4), end="   ")
    print("PyTorch's", torch.softmax(logits, dim=1)[0].numpy().round(4))

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

$e^{z}$ overflows beyond $z = 88$ in `float32`: $e^{90}$ is `inf`, something divided by `inf` is 0, and `inf / inf` is `nan`. In the last row every $e^{z}$ has become 0, and `0 / 0` is `nan` too. Nothing is raised. One `nan` in the loss makes every
gradient `nan`, and after one step all weights.

</details>

**The max shift.** Softmax does not change when the same number is taken off all logits of a row. So take off
the largest one first: $\log \sum_k e^{z_k} = m + \log \sum_k e^{z_k - m}$ with $m = \max_k z_k$. Then the largest exponent is $e^0 = 1$. PyTorch's `cross_entropy` does that; it takes
**logits**, not probabilities. (To write it by hand, and to meet two gradients that only seem right: stretch 1.)
"""

# %% first_loss kind="example"
ten, sure = torch.zeros(1, 10), torch.tensor([[1000.0, 0.0]])
print("ten logits of 0:", nn.functional.cross_entropy(ten, torch.tensor([2])).item(), "log 10 is", math.log(10))
print("logits 1000 and 0, the second was true:", nn.functional.cross_entropy(sure, torch.tensor([1])).item())
logits = MLP()(torch.randn(500, 1, 28, 28))
print("a fresh network:", nn.functional.cross_entropy(logits, torch.arange(500) % 10).item())

# %% [markdown]
r"""
**Open question**: the loss on the training labels can reach 0. Why is that not a reason to celebrate?

## 4 · The digits

**Why.** MNIST, 70,000 handwritten digits of 28 × 28 pixels, 60,000 to learn from and 10,000 to be tested on, is the data set on which reading by
network was proved (LeCun and others, 1998; the writers were employees of the American census office and pupils). Small enough for a laptop, hard enough to
tell good ideas from bad ones, and known to everybody. Its challenges: people write the same digit differently (a 1 with or without a foot, a 7 with or without a bar), and different
digits alike (4 and 9, 3 and 5). Its weakness: every digit is centred and clean, so a network that shines here may be blind to one that has moved. You will see.

Your course uses digits **made by `coursedata`** (`DIGITS = "synthetic"`) or the real ones (`"mnist"`); both are files in the same format, the IDX of last week. The made ones are
noisier, thicker and thinner, and come with scraps of other strokes.
"""


# %% read_digits kind="setup"
def read_digits(folder, name):
    """Return the pictures (N, 28, 28) uint8 and labels (N,) int64 of one of the sets, "train" or "t10k"."""
    pictures = np.fromfile(folder / f"{name}-images-idx3-ubyte", dtype=np.uint8, offset=16)
    numbers = np.fromfile(folder / f"{name}-labels-idx1-ubyte", dtype=np.uint8, offset=8)
    return torch.from_numpy(pictures.reshape(-1, 28, 28)), torch.from_numpy(numbers).long()


# %% the_digits kind="example"
if DIGITS == "mnist":  # the test digits here are the last of the training files, which nothing else below looks at
    for file in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
        folder = coursedata.fetch(f"mnist/{file}").parent
    images, labels = read_digits(folder, "train")
    all_images, all_labels = images[: 3 * TRAIN], labels[: 3 * TRAIN]
    test_images, test_labels = images[-TEST:], labels[-TEST:]
else:  # a space and an accent in a path: last week's readers do not mind
    folder = coursedata.make_digits("digits été/MNIST/raw", train=TRAIN, test=TEST, seed=SEED)
    all_images, all_labels = read_digits(folder, "train")
    test_images, test_labels = read_digits(folder, "t10k")
print("to learn from", tuple(all_images.shape), all_images.dtype, "to be tested on", tuple(test_images.shape))
print("of each digit", torch.bincount(all_labels).tolist())

figure, axes = plt.subplots(3, 12, figsize=(9, 2.6))
for axis, picture, number in zip(axes.flat, all_images, all_labels):
    axis.imshow(picture, cmap="gray")
    axis.set_title(number.item(), fontsize=7, pad=1)
    axis.axis("off")
plt.show()

# %% [markdown]
r"""
`torchvision` has a reader for the same files (and for fifty other data sets), which downloads them too if it is asked to. It wants them in a folder `MNIST/raw`: that
is why they lie there.
"""

# %% torchvision_seen kind="example"
if DIGITS == "synthetic":
    from torchvision.datasets import MNIST

    ready = MNIST("digits été", train=True)
    print(len(ready), "digits; number 0 is", ready[0])

# %% [markdown]
r"""
A picture and its label, as a pair: remember this form, you meet it again in section 5.

**Three sets, three jobs.** *Training* digits change the weights. *Validation* digits never do: they choose (when to stop, which network). *Test* digits do neither: they
are looked at once, at the very end. So the validation set must come from the digits that we may learn from.

**Normalise.** Networks learn best from numbers around 0 with a spread around 1: $(x / 255 - \text{mean}) / \text{std}$. Mean and standard deviation are two
numbers **of the training digits alone**, over all their pixels, and the same two are used for every other picture. Why not of all digits? Then the validation set would have told
the training something. With 10,000 clean pictures nobody would notice; with 20 patients it decides the result.

### Find the bug: statistics of their own

Twenty recordings of mean green, ten from a dark room and ten from a bright one. Can the room be told from brightness alone? A friend normalises each set by *its own* statistics.
"""

# %% own_statistics kind="example"
generator = torch.Generator().manual_seed(SEED)
train_green = 120 + 60 * (torch.arange(20) % 2) + 5 * torch.randn(20, generator=generator)
new_green = 180 + 5 * torch.randn(10, generator=generator)  # ten new recordings, all from the bright room
mean, std = train_green.mean(), train_green.std()
by_training = (new_green - mean) / std > 0
by_their_own = (new_green - new_green.mean()) / new_green.std() > 0
print("called bright, by the training set's statistics:", by_training.sum().item(), "of 10")
print("called bright, by statistics of their own:      ", by_their_own.sum().item(), "of 10")

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

Normalised by its own mean, every set is centred at 0: what made the new recordings different (they are *all* bright) is gone. The model was fitted to numbers that were made with one
mean and one spread; it understands no others. The same happens when a single picture is normalised by itself, or one batch at a time.

</details>

### Part: `prepare` · [[prepare]]

- **In**: `images` `(N, 28, 28)` uint8; `labels` `(N,)` int64; `share`, the share for validation, from 0 up to (not including) 1; `seed`, a whole number.
- **Out**: a tuple of six, `train_images, train_labels, valid_images, valid_labels, mean, std`:
  - `round(share * N)` digits, drawn at random by `seed`, are the validation set, all others the training set. Each digit is in exactly one of the two, with its own label. The same seed
    gives the same split, another seed another one.
  - `mean` and `std`: two floats, of the **training** pixels divided by 255. (PyTorch's std, which divides by N − 1, or NumPy's, by N: either will do.)
  - images: float32 of shape `(n, 1, 28, 28)`, normalised by these two. Labels: int64.

```text
prepare(all_images, all_labels, 0.2, 0)   →   (8000, 1, 28, 28), (8000,), (2000, 1, 28, 28), (2000,), mean, std
```

<details><summary>Hint 1: a random order that a seed decides</summary>

`torch.randperm(N, generator=torch.Generator().manual_seed(seed))` is the numbers 0 to N − 1 in random order. A piece of it, put between brackets, picks images *and* labels.

</details>
<details><summary>Hint 2: the steps</summary>

Split first. Then `pictures = images[…].float() / 255` of the training part and its mean and std, then both parts normalised. An axis of length 1: `[:, None]` or `unsqueeze(1)`.

</details>
"""


# %% prepare kind="solution"
def prepare(images, labels, share, seed):
    """Split off a validation set, and normalise both parts by the training part's mean and std.

    images: (N, 28, 28) uint8; labels: (N,) int64; share: 0 <= share < 1; seed: int.
    Returns: train_images (n, 1, 28, 28) float32, train_labels (n,) int64, valid_images, valid_labels, mean, std.
    """
    # BEGIN SOLUTION
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    held = round(share * len(images))
    valid, train = order[:held], order[held:]
    seen = images[train].float() / 255
    mean, std = seen.mean().item(), seen.std().item()
    unseen = images[valid].float() / 255
    return (
        (seen[:, None] - mean) / std,
        labels[train],
        (unseen[:, None] - mean) / std,
        labels[valid],
        mean,
        std,
    )
    # END SOLUTION


# %% prepare_seen kind="example"
train_images, train_labels, valid_images, valid_labels, mean, std = prepare(all_images, all_labels, 0.2, SEED)
print(tuple(train_images.shape), train_images.dtype, tuple(train_labels.shape), tuple(valid_images.shape))
print(
    f"mean {mean:.4f}, std {std:.4f}; afterwards {train_images.mean().item():.4f} and {train_images.std().item():.4f}"
)
print(
    f"validation afterwards: {valid_images.mean().item():.4f} and {valid_images.std().item():.4f}: near, and not the same"
)

# %% given_split kind="example"
# So that nothing below needs your `prepare`: a plain split without chance, the first four fifths and the rest.
cut = len(all_images) * 4 // 5
white = (all_images / 255).unsqueeze(1)
mean, std = white[:cut].mean().item(), white[:cut].std().item()
train_images, valid_images = ((white - mean) / std).tensor_split([cut])
train_labels, valid_labels = all_labels.tensor_split([cut])

# %% [markdown]
r"""
**Open question**: a plain split is fine only where the files are in random order. What would happen if they were sorted by digit?

## 5 · Batches

**Why.** All 8,000 digits at once would be one exact step an epoch; one digit at a time 8,000 noisy ones. In between, *batches* of 64 give 125 steps an
*epoch* (once through all training digits), each good enough.

**Definition.** PyTorch parts the work in two. A `Dataset` knows `len(dataset)` and `dataset[place]`, one example. A `DataLoader` decides in which order, and glues examples together.
Here is a dataset of our digits. You write what the loader does.
"""

# %% digits_class kind="setup"
from torch.utils.data import DataLoader, Dataset


class Digits(Dataset):  # explained next week
    def __init__(self, images, labels):  # explained next week
        super().__init__()  # explained next week
        self.images, self.labels = images, labels

    def __len__(self):  # what len(dataset) says
        return len(self.labels)

    def __getitem__(self, place):  # what dataset[place] gives: a picture (1, 28, 28) and a Python int
        return self.images[place], int(self.labels[place])


# %% [markdown]
r"""
`yield` makes a function that hands out several values, one at a time, for a `for` loop: it goes on behind the `yield` when the next one is wanted. At its end,
or at a `return`, the loop is over.
"""


# %% yield_seen kind="example"
def countdown(start):
    while start > 0:
        yield start
        start -= 1


print([number for number in countdown(3)])

# %% [markdown]
r"""
### Part: `batches` · [[batches]]

- **In**: `dataset`, of which only `len(dataset)` and `dataset[place]` are used: the latter gives a float32 tensor of any shape and an `int`; `batch_size` ≥ 1; `generator`, a `torch.Generator` or `None`.
- **Yields** tuples `(images, labels)`: `(B, …)` float32 and `(B,)` int64.
- Each example comes exactly once. Without a generator in the order of the dataset; with one in a random order drawn **from it**, so that the next epoch with the same generator has another order, and a generator with the same
  seed gives the same batches.
- Every batch has `batch_size` examples, and **the last one what is left**: nobody is lost. An empty dataset yields nothing.
- An example is taken from the dataset only when its batch is wanted, not all of them at the start.
- By hand: PyTorch's `DataLoader` and its samplers, shown below, do not count here.

```text
10 examples, batch_size 4   →   batches of 4, 4 and 2
```

<details><summary>Hint 1: the order</summary>

`torch.arange(n)` or `torch.randperm(n, generator=generator)`; `.tolist()` makes Python's numbers of it, and
`.split(4)` cuts a tensor into pieces of 4, the last one shorter (and no places at all into one piece, which is empty).

</details>
<details><summary>Hint 2: gluing</summary>

`torch.stack(list_of_tensors)` makes a new first axis; `torch.tensor(list_of_ints)` is int64.

</details>
"""


# %% batches kind="solution"
def batches(dataset, batch_size, generator=None):
    """Yield the examples of a dataset in batches.

    dataset: len(dataset) and dataset[place] → (tensor, int); batch_size: int; generator: torch.Generator or None.
    Yields: images (B, ...) and labels (B,) int64; the last batch may be smaller.
    """
    # BEGIN SOLUTION
    if generator is None:
        order = torch.arange(len(dataset))
    else:
        order = torch.randperm(len(dataset), generator=generator)
    for start in range(0, len(order), batch_size):
        examples = [dataset[place] for place in order[start : start + batch_size].tolist()]
        yield torch.stack([image for image, _ in examples]), torch.tensor([label for _, label in examples])
    # END SOLUTION


# %% batches_seen kind="example"
ten = Digits(train_images[:10], train_labels[:10])
for images, labels in batches(ten, 4):
    print(tuple(images.shape), labels.tolist())
for images, labels in DataLoader(ten, batch_size=4):
    print(tuple(images.shape), labels.tolist(), "from torch.utils.data")

# %% [markdown]
r"""
PyTorch's own does the same, and more (several processes, copying to a GPU). From here on, so that no later part needs yours, the notebook cuts its batches with `DataLoader`, and a small
class moves them to the device.
"""


# %% loader_class kind="setup"
class Loader:  # explained next week
    def __init__(self, images, labels, batch_size=64, seed=None):  # explained next week
        generator = None if seed is None else torch.Generator().manual_seed(seed)
        shuffle = seed is not None
        self.inner = DataLoader(Digits(images, labels), batch_size, shuffle=shuffle, generator=generator, num_workers=0)

    def __len__(self):
        return len(self.inner)

    def __iter__(self):  # what a for loop asks for
        for images, labels in self.inner:
            yield images.to(DEVICE), labels.to(DEVICE)


# %% [markdown]
r"""
**Open question**: of 8,010 digits in batches of 64, the last batch has ten, and its step counts as much as any other. `DataLoader(…, drop_last=True)` leaves it out. Why does that do no harm while training, and would when you
measure?

## 6 · The loop

**Why.** Everything above happens here, thousands of times.

**Definition.** For each batch, four steps:

1. forget the old gradients: `optimizer.zero_grad()` (PyTorch *adds* new gradients to those that are there);
2. the loss of the batch, from the model's logits;
3. the gradients: `backward()`;
4. a step of the optimiser: `optimizer.step()`.

Before that, `model.train()` says that training begins. Some layers behave differently then: `Dropout` switches off random neurons, `BatchNorm` uses the batch's statistics and updates its own. `model.eval()` says the opposite.

Our optimiser will have `momentum=0.9`: each step goes on in the direction of the earlier ones, which gets there sooner. (Stretch 2 says how.)

### Predict
A weight of 1, loss $w^2$, learning rate 0.1, three steps. With `zero_grad` the weight goes 0.8, 0.64, 0.512. Without it: does it fall faster, slower, or beyond 0?
"""

# %% guess_zero kind="free"
guess_zero = None

# %% zero_seen kind="example"
for forget in (True, False):
    weight = torch.tensor(1.0, requires_grad=True)
    sgd = torch.optim.SGD([weight], lr=0.1)
    path = []
    for _ in range(12):
        if forget:
            sgd.zero_grad()
        (weight**2).backward()
        sgd.step()
        path.append(round(weight.item(), 2))
    print("forgets" if forget else "adds up", path)
print("you said", guess_zero)

# %% explain_zero [markdown] kind="free"
r"""
*Explain (double-click here): why does it swing to and fro, and grow no smaller?*
"""

# %% [markdown]
r"""
<details><summary>What happened</summary>

Each step uses the sum of all gradients so far. That sum grows as long as the weight is above 0, so the weight passes 0 at full speed, and it takes the whole other side
to bring the sum back to 0. A ball in a bowl without friction does the same.

</details>

### Part: `train_epoch` · [[train_epoch]]

- **In**: `model`, an `nn.Module`; `loader`, which gives `(images, labels)` batches in a `for` loop, on the model's device; `optimizer`, made for the model's parameters.
- **Does**: trains the model for one epoch: each batch once, a step after each. `model.train()` first. Gradients that are there already when it is called do not count.
- **Out**: the mean loss **of an example**, a Python float: each batch's loss weighs as many examples as it has. The loss is `nn.functional.cross_entropy`, PyTorch's own.
- The MLP, trained by it on the 8,000 digits as in section 8 (SGD, learning rate 0.02, momentum 0.9, 6 epochs of batches of 64), reads **at least 91 %** of digits that nobody has seen.
  (91.5 % where they are the real ones, 24,000 to learn from.)

```text
batches of 64 and 36 with mean losses 2.0 and 1.0   →   (64 · 2.0 + 36 · 1.0) / 100 = 1.64,   not 1.5
```

<details><summary>Hint 1: the sum</summary>

`loss.item()` is a Python float. Adding up the tensors themselves drags a graph along that grows with every batch.

</details>
<details><summary>Hint 2: the mean</summary>

Two sums: of `loss · number of examples`, and of the numbers.

</details>
"""


# %% train_epoch kind="solution"
def train_epoch(model, loader, optimizer):
    """Train for one epoch and return the mean loss of an example.

    model: nn.Module; loader: gives (images, labels); optimizer: of the model's parameters.
    Returns: float.
    """
    # BEGIN SOLUTION
    model.train()  # public
    total, count = 0.0, 0
    for images, labels in loader:
        optimizer.zero_grad()  # public
        loss = nn.functional.cross_entropy(model(images), labels)  # public
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    return total / count
    # END SOLUTION


# %% [markdown]
r"""
**Overfit one batch first.** A network with 235,146 parameters must be able to learn 64 digits by heart. If the loss of one batch does not go to 0, the loop is broken, and no amount of data will mend it. This test takes a second
and finds most bugs.
"""

# %% one_batch kind="example"
torch.manual_seed(SEED)
mlp = MLP().to(DEVICE)
one = [(train_images[:64].to(DEVICE), train_labels[:64].to(DEVICE))]
sgd = torch.optim.SGD(mlp.parameters(), lr=0.05, momentum=0.9)
losses = [train_epoch(mlp, one, sgd) for _ in range(40)]
print("first", round(losses[0], 3), "(log 10 is 2.303), last", round(losses[-1], 4))
print("right:", (mlp(one[0][0]).argmax(dim=1) == one[0][1]).float().mean().item())

# %% [markdown]
r"""
**Open question**: the first batch of an epoch meets other weights than the last one. So is the mean loss that `train_epoch` returns too high or too low for the network that comes out of the epoch?

## 7 · Evaluation

**Why.** The loss of the training digits says how well the network remembers. We want to know how well it reads.

**Definition.** *Accuracy* is the share of examples whose largest logit is at the true class. Evaluation must change **nothing**: `model.eval()` switches Dropout off and holds BatchNorm's statistics still; `with torch.no_grad():` records
nothing, which saves time and memory.

### Find the bug: a mean of means

130 digits in batches of 64, 64 and 2. The network is right on all of the first 128 and wrong on the last two.
"""

# %% mean_of_means kind="example"
right = [64, 64, 0]
sizes = [64, 64, 2]
shares = [hit / size for hit, size in zip(right, sizes)]
print("mean of the batches' accuracies:", round(sum(shares) / len(shares), 3))
print("share of the digits:            ", round(sum(right) / sum(sizes), 3))

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

A mean of batch means lets each of the last two digits weigh as much as 32 others. It is right only where all batches have the same size, so it passes every test with round numbers. It stands in most published loops: count examples, not batches.

</details>

### Part: `evaluate` · [[evaluate]]

- **In**: `model` and `loader`, as before.
- **Out**: a tuple `(loss, accuracy)` of two Python floats: mean cross-entropy of an example, and the share (0 to 1) that is right. Every example weighs the same.
- Changes no parameter, no statistic of a layer and no gradient, and freezes nothing; the loader is gone through once. Call `model.eval()` first, compute in `torch.no_grad()`. (Whoever trains next calls `train()`.)

```text
evaluate(fresh_network, loader)   →   about (2.3, 0.1)
```

<details><summary>Hint 1: which are right</summary>

`logits.argmax(dim=1)` is what the network reads in each picture. A comparison with `==` gives one truth value an example, and their sum counts the right ones.

</details>
<details><summary>Hint 2: three sums</summary>

Of losses, of right ones, of examples, over all batches; divide once, at the end. `cross_entropy(…, reduction="sum")` gives a batch's losses added up, and `.item()` makes a Python number of a tensor.

</details>
"""


# %% evaluate kind="solution"
def evaluate(model, loader):
    """Return mean loss and accuracy of a model, and change nothing.

    model: nn.Module; loader: gives (images, labels).
    Returns: (loss, accuracy), two floats.
    """
    # BEGIN SOLUTION
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            total += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            guesses = logits.argmax(dim=1)  # public
            right += (guesses == labels).sum().item()
            count += len(labels)
    return total / count, right / count
    # END SOLUTION


# %% evaluate_seen kind="example"
torch.manual_seed(SEED)
loss, accuracy = evaluate(MLP().to(DEVICE), Loader(valid_images, valid_labels, 300))
print(f"a fresh network: loss {loss:.3f}, accuracy {accuracy:.3f}")
loss, accuracy = evaluate(mlp, Loader(valid_images, valid_labels, 300))
print(f"the one that knows 64 digits by heart: loss {loss:.3f}, accuracy {accuracy:.3f}")

# %% [markdown]
r"""
**Open question**: it is right on 64 of 64 digits and still reads some digits that it never saw. From what? And why is its loss so large, for one that reads so many?

## 8 · When to stop

**Why.** With each epoch the training loss falls. The validation loss falls too, and then, often, rises: the network begins to remember instead of to understand (*overfitting*).

**Definition.** *Early stopping*: after each epoch look at the validation loss. Keep the weights of the best epoch. If it has not become better for `patience` epochs, stop, and put the best weights back.

### Predict
`best = model.state_dict()` gives all weights in a dict. They are kept at epoch 1, then training goes on. What is `best["weight"]` afterwards: the weight of epoch 1, or the last one?
"""

# %% guess_alias kind="free"
guess_alias = None

# %% alias_seen kind="example"
layer = nn.Linear(1, 1, bias=False)
nn.init.constant_(layer.weight, 1.0)
best = layer.state_dict()
copied = copy.deepcopy(layer.state_dict())
with torch.no_grad():
    layer.weight += 6
print("kept:", best["weight"].item(), "  kept as a deep copy:", copied["weight"].item(), "  you said", guess_alias)

# %% explain_alias [markdown] kind="free"
r"""
*Explain (double-click here): with which word of week 1 would you call the first one?*
"""

# %% [markdown]
r"""
(An *alias*: the dict holds the tensors of the layer themselves. A dict that was kept so is always that of the last epoch.)

### Part: `fit` · [[fit]]

- **In**: `model`, an `nn.Module`; `train()` and `valid()`, two functions without arguments: the first trains the model for one epoch and returns the training loss, the second returns the validation loss; `epochs`, the most epochs;
  `patience` ≥ 1.
- **Does**: for each epoch calls `train()`, then `valid()`, once each. An epoch is better than the best so far only if its validation loss is **smaller**. After `patience` epochs in a row that were not better, it stops.
- At the end the model has the whole `state_dict()` of its best epoch: the weights, and the statistics that layers such as `BatchNorm` keep (what it came with, if there is no best epoch: `epochs` is 0, or every loss was
  NaN or infinite).
- **Out**: the history, a list of tuples `(training loss, validation loss)`, one for each epoch that was done.

```text
validation losses 0.9, 0.5, 0.6, 0.5, 0.4, patience 2   →   stops after the fourth; the weights are those of the second
```

<details><summary>Hint 1: a real copy</summary>

`copy.deepcopy(model.state_dict())`, and at the end `model.load_state_dict(…)`.

</details>
<details><summary>Hint 2: what to remember</summary>

The best loss so far (`math.inf` to begin with), its weights, and how many epochs ago that was.

</details>
"""


# %% fit kind="solution"
def fit(model, train, valid, epochs, patience):
    """Train with early stopping; afterwards the model has the weights of the best epoch.

    train(), valid(): one epoch each, returning a loss; epochs, patience: int.
    Returns: list of (training loss, validation loss).
    """
    # BEGIN SOLUTION
    history = []
    best, waited = math.inf, 0
    kept = copy.deepcopy(model.state_dict())  # public
    for _ in range(epochs):
        history.append((train(), valid()))
        if history[-1][1] < best:
            best, waited = history[-1][1], 0
            kept = copy.deepcopy(model.state_dict())  # public
        else:
            waited += 1
            if waited == patience:
                break
    model.load_state_dict(kept)
    return history
    # END SOLUTION


# %% [markdown]
r"""
Now all digits, with **your** `train_epoch`, `evaluate` and `fit` (if one is still open, the cell says so and nothing is lost). What is trained here stands in the ladder of section 10.
"""


# %% train_mlp kind="example"
def learn_digits(model, learning_rate=0.02):
    """Train a model with your functions; return its history and the seconds."""
    loader, valid_loader = Loader(train_images, train_labels, seed=SEED), Loader(valid_images, valid_labels, 500)
    sgd = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    began = time.perf_counter()
    history = fit(model, lambda: train_epoch(model, loader, sgd), lambda: evaluate(model, valid_loader)[0], EPOCHS, 3)
    return history, time.perf_counter() - began


torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1).step()  # loads what optimisers need: nobody's training time
trained, seconds, history = {}, {}, {}
try:
    for name, model in (("linear", nn.Sequential(nn.Flatten(), nn.Linear(784, 10))), ("MLP", MLP())):
        torch.manual_seed(SEED)
        model.apply(lambda layer: layer.reset_parameters() if isinstance(layer, nn.Linear) else None)
        history[name], seconds[name] = learn_digits(model.to(DEVICE))
        trained[name] = model
        loss, accuracy = evaluate(model, Loader(valid_images, valid_labels, 500))
        print(f"{name:8}{len(history[name])} epochs, {seconds[name]:.1f} s, validation accuracy {accuracy:.3f}")
    plt.figure(figsize=(6, 2.6))
    for name in history:
        plt.plot(
            *zip(*[(epoch, loss) for epoch, (loss, _) in enumerate(history[name], 1)]), "--", label=f"{name}, training"
        )
        plt.plot(
            *zip(*[(epoch, loss) for epoch, (_, loss) in enumerate(history[name], 1)]), label=f"{name}, validation"
        )
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()
except NotImplementedError as error:
    print("Still open:", error)

# %% [markdown]
r"""
**Open question**: the validation loss jumps a little from epoch to epoch, by chance alone. What does `patience = 1` make of that, and what does `patience = 50` cost?

## 9 · A network that slides

**Why.** For the MLP, pixel (10, 10) and pixel (10, 11) have nothing to do with each other: shuffle all pixels in the same way everywhere, and it learns just as well. A stroke that was learned at one place must be learned anew at every other.

**Definition.** A *convolution* slides a small window of weights (a *kernel*, 3 × 3 say) over the picture, and computes one neuron at each place, with the **same** weights everywhere. `nn.Conv2d(1, 16, kernel_size=3, padding=1)` has 16 such
kernels and makes 16 pictures, or *channels*, of one; `padding=1` adds a border of zeros, so that height and width stay. Each kernel looks at **all** channels that come in: `nn.Conv2d(16, 32, 3)` has $32 \cdot (16 \cdot 3 \cdot 3) + 32 = 4{,}640$ parameters.
`nn.MaxPool2d(2)` keeps the largest of each 2 × 2 block: half the height, half the width, and a move by one pixel matters less. At the end, `nn.Flatten()` and a linear layer as before.

| layer | shape that comes out | parameters |
| --- | --- | --- |
| (the picture) | (N, 1, 28, 28) | |
| `nn.Conv2d(1, 4, 5)` | (N, 4, 24, 24): without padding, 5 − 1 are lost | 4 · 25 + 4 = 104 |
| `nn.ReLU()` | the same | 0 |
| `nn.MaxPool2d(4)` | (N, 4, 6, 6) | 0 |
| `nn.Flatten()` | (N, 144) | 0 |
| `nn.Linear(144, 10)` | (N, 10) | 1,450 |
"""

# %% conv_seen kind="example"
edge = nn.Conv2d(1, 1, 3, padding=1, bias=False)
with torch.no_grad():
    edge.weight[:] = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    picture = train_images[:1]
    shown = [picture, edge(picture), nn.MaxPool2d(2)(edge(picture).relu())]
figure, axes = plt.subplots(1, 3, figsize=(7, 2.4))
for axis, one, title in zip(
    axes, shown, ("a digit", "where it grows brighter to the right", "ReLU, then MaxPool2d(2)")
):
    axis.imshow(one[0, 0], cmap="gray")
    axis.set_title(title, fontsize=8)
    axis.axis("off")
plt.show()

# %% [markdown]
r"""
### This raises. Why?
"""

# %% hwc_raises kind="example" tags=["raises-exception"]
colour = torch.rand(8, 28, 28, 3)  # eight colour pictures, as OpenCV and Matplotlib keep them
nn.Conv2d(3, 16, 3)(colour)

# %% [markdown]
r"""
<details><summary>What happened</summary>

`Conv2d` wants channels **before** height and width, `(N, C, H, W)`: week 1's `to_chw`. Here it read 28 as the number of channels. With pictures of height 3, or a layer for 28 channels, nothing would have been raised: it would have slid its window over
columns and colours, and learned badly.

</details>

### Part: `make_cnn` · [[make_cnn]]

- **In**: nothing.
- **Out**: a new, untrained network (an `nn.Sequential` will do) that takes `(N, 1, 28, 28)` float32 for **any** N ≥ 1 and gives logits `(N, 10)`. No softmax at the end: `cross_entropy` does that.
- At least two `nn.Conv2d` layers, and at most **60,000 parameters** (a quarter of the MLP's).
- Each call makes a new network with weights of its own. A fresh one knows nothing: its loss is near log 10.
- Trained on the 8,000 digits as in the next cell (SGD, learning rate 0.02, momentum 0.9, 6 epochs of batches of 64), it reads **at least 94 %** of digits that nobody has seen. (96 % where they are the real ones, 24,000 to learn from.)

Which layers, how many channels, is up to you. Training should take well below a minute. (The hidden tests put the weights of `trained["CNN"]` into a fresh `make_cnn()`; if your loop of section 6 is still open, they train one with a loop of their own.)

<details><summary>Hint 1: a plan that works</summary>

Twice *convolution, ReLU, pooling*, the second time with more channels; then flatten, one hidden linear layer with ReLU, and the layer of ten.

</details>
<details><summary>Hint 2: how many numbers come out of Flatten?</summary>

Pass a `torch.zeros(1, 1, 28, 28)` through the layers so far and print the shape. Most parameters lie in the first linear layer: if there are too many, pool once more, or use fewer channels.

</details>
"""


# %% make_cnn kind="solution"
def make_cnn():
    """Return a fresh convolutional network of at most 60,000 parameters.

    Takes (N, 1, 28, 28) float32; gives logits (N, 10).
    """
    # BEGIN SOLUTION
    strokes = [nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
    shapes = [nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    judge = [nn.Flatten(), nn.Linear(32 * 7 * 7, 32), nn.ReLU(), nn.Linear(32, 10)]
    return nn.Sequential(*strokes, *shapes, *judge)
    # END SOLUTION


# %% train_cnn kind="example"
NO_CNN = "No CNN is trained: `make_cnn`, or one of `train_epoch`, `evaluate` and `fit`, is still open."
try:  # with your make_cnn, and your train_epoch, evaluate and fit
    torch.manual_seed(SEED)
    cnn = make_cnn().to(DEVICE)
    print("parameters:", sum(parameter.numel() for parameter in cnn.parameters()))
    history["CNN"], seconds["CNN"] = learn_digits(cnn)
    trained["CNN"] = cnn
    loss, accuracy = evaluate(cnn, Loader(valid_images, valid_labels, 500))
    print(f"{len(history['CNN'])} epochs, {seconds['CNN']:.1f} s, validation accuracy {accuracy:.3f}")
except NotImplementedError as error:
    print("Still open:", error)

# %% [markdown]
r"""
**Open question**: what would the CNN's accuracy be if the pixels of all pictures were shuffled, all in the same way? And the MLP's?

## 10 · The ladder

Is a network needed at all? Always ask the simple things first. A *template* is the mean picture of each class: take the nearest. The *nearest neighbour* takes the label of the training picture that is nearest, pixel by pixel. The *linear* model
is one layer; then the MLP and the CNN.

### Predict
Accuracy on the test digits, in per cent. And which of the five *break*, that is, lose more than 10 points, when each digit is moved to the right by two pixels?
"""

# %% guess_ladder kind="free"
guess_ladder = {"template": None, "nearest neighbour": None, "linear": None, "MLP": None, "CNN": None}
guess_breaks = []  # names of those that lose more than 10 points, for example ["CNN"]

# %% ladder kind="example"
fresh = ((test_images.float() / 255 - mean) / std)[:, None].to(DEVICE)
moved = torch.roll(fresh, 2, dims=3)
known, known_labels, truth = train_images.flatten(1).to(DEVICE), train_labels.to(DEVICE), test_labels.to(DEVICE)
templates = torch.stack([known[known_labels == digit].mean(dim=0) for digit in range(10)])


def nearest(pictures, examples, classes):
    """Return for each picture the class of the nearest example."""
    return classes[torch.cdist(pictures.flatten(1), examples).argmin(dim=1)]


def read(model):
    """Return a function that reads pictures with a trained network."""
    model.eval()
    return lambda pictures: torch.cat([model(some).argmax(dim=1) for some in pictures.split(500)])


readers = {
    "template": lambda pictures: nearest(pictures, templates, torch.arange(10, device=DEVICE)),
    "nearest neighbour": lambda pictures: nearest(pictures, known, known_labels),
    **{name: read(model) for name, model in trained.items()},
}
stored = {"template": templates.numel(), "nearest neighbour": known.numel()}
print(
    f"{'':18}{'right %':>8}{'you':>7}{'moved %':>9}{'breaks':>8}{'you said':>10}{'numbers kept':>14}{'training s':>12}{'reading s':>11}"
)
with torch.no_grad():
    for name, reader in readers.items():
        began = time.perf_counter()
        accuracy = (reader(fresh) == truth).float().mean().item()
        took = time.perf_counter() - began
        moved_accuracy = (reader(moved) == truth).float().mean().item()
        kept = stored.get(name) or sum(parameter.numel() for parameter in trained[name].parameters())
        breaks = "breaks" if accuracy - moved_accuracy > 0.1 else "holds"
        said = ("breaks" if name in guess_breaks else "holds") if guess_breaks else ""
        print(
            f"{name:18}{100 * accuracy:8.1f}{guess_ladder.get(name) or '':>7}"
            f"{100 * moved_accuracy:9.1f}{breaks:>8}{said:>10}{kept:14,}{seconds.get(name, 0):12.1f}{took:11.2f}"
        )
for name in ("linear", "MLP", "CNN"):
    if name not in trained:
        print(f"{name:18}is not trained: `train_epoch`, `evaluate`, `fit`, or for the CNN `make_cnn`, is still open.")

# %% explain_ladder [markdown] kind="free"
r"""
*Explain (double-click here): why does the move hurt the CNN less? It slides; but what after `Flatten`?*
"""

# %% [markdown]
r"""
<details><summary>What happened</summary>

Convolution gives the same answers two pixels further on, but the linear layer behind `Flatten` has weights of its own for each place, as the MLP has for each
pixel. After two poolings, two pixels are only half a place: it hurts less, and it hurts.

</details>

This was the test set's one use. If you now change the network because of this table, the test digits have become validation digits.

### What the first layer looks at

Each neuron of the first layer has 784 weights: one for each pixel, so they make a picture (red: more ink there makes it say more). And the kernels of the CNN.
"""

# %% filters kind="example"
if "MLP" in trained and "CNN" in trained:
    first = next(layer for layer in trained["MLP"].modules() if isinstance(layer, nn.Linear))
    kernels = next(layer for layer in trained["CNN"].modules() if isinstance(layer, nn.Conv2d))
    strongest = first.weight.detach().norm(dim=1).argsort(descending=True)[:12].cpu()
    figure, axes = plt.subplots(2, 12, figsize=(9, 1.8))
    for axis in axes.flat:
        axis.axis("off")
    for axis, weight in zip(axes[0], first.weight.detach().cpu()[strongest]):
        axis.imshow(weight.reshape(28, 28), cmap="RdBu_r", vmin=-0.15, vmax=0.15)
    for axis, weight in zip(axes[1], kernels.weight.detach().cpu()):
        axis.imshow(weight[0], cmap="RdBu_r", vmin=-0.6, vmax=0.6)
    plt.show()
else:
    print("Nothing to see yet: the MLP and the CNN of sections 8 and 9 must be trained.")

# %% [markdown]
r"""
**Open question**: the corners of the MLP's pictures look like noise. What would have made them smooth?

### Your own digit

The next cell writes your CNN into one file, `digit.html`, with all its weights. Open it with a double click (in Colab: download it first), draw a digit with the mouse or a finger, and see what your network reads. Nothing leaves the page. It centres what you draw as MNIST does;
tick that off, draw in a corner, and look again.
"""

# %% your_own_digit kind="example"
if "CNN" in trained:
    try:
        print("open", coursedata.draw_page(trained["CNN"], "digit.html", mean=mean, std=std))
    except ValueError as error:  # a layer that the page does not know costs you the page alone
        print("no page:", error)
else:
    print(NO_CNN)

# %% [markdown]
r"""
Your network reads. But look at this notebook: variables everywhere, a cell that must not be run twice, a model, an optimiser and a history that belong together and are not. Stop it at epoch 3, and all is lost. Next week this heap becomes an object, a `Trainer`; the week
after, that `Trainer` learns the pulse.
"""

# %% [markdown]
r"""
---
## Stretch 1 · `cross_entropy` · [[cross_entropy]]

The loss of section 3, by hand.

- **In**: `logits` `(N, C)` of a floating dtype; `labels` `(N,)` int64 from 0 to C − 1.
- **Out**: the **mean** loss over the N examples, a tensor of shape `()` and of the logits' dtype. Gradients flow through.
- Right for logits of ±10,000 too. By hand, with `exp`, `log`, `max`, sums and indexing: not by `nn.CrossEntropyLoss`, `cross_entropy`, `nll_loss`, `softmax`,
  `log_softmax` or `logsumexp`, nor by something else that has one of them ready, as `torch.distributions` has.

```text
cross_entropy([[0, 0, 0]], [2])        →  1.0986 = log 3
cross_entropy([[2, 0], [0, 2]], [0, 0]) →  1.1269   (the mean of 0.1269 and 2.1269)
```

<details><summary>Hint 1: one logit a row</summary>

`logits[torch.arange(len(labels)), labels]` takes from each row the one at its label: shape `(N,)`.

</details>
<details><summary>Hint 2: the shift</summary>

`logits.max(dim=1, keepdim=True).values` (or `amax`) has shape `(N, 1)`. Take it off once, and use the shifted logits everywhere: then $m$ need not be added back. Why?

</details>
"""


# %% cross_entropy kind="solution"
def cross_entropy(logits, labels):
    """Return the mean cross-entropy.

    logits: (N, C) float, of any size; labels: (N,) int64.
    Returns: () of the logits' dtype.
    """
    # BEGIN SOLUTION
    shifted = logits - logits.amax(dim=1, keepdim=True)
    true = shifted[torch.arange(len(labels)), labels]
    return (shifted.exp().sum(dim=1).log() - true).mean()
    # END SOLUTION


# %% cross_entropy_seen kind="example"
print(cross_entropy(torch.zeros(1, 3), torch.tensor([2])), "log 3 is", math.log(3))
print(cross_entropy(torch.tensor([[2.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 0])))
print(cross_entropy(torch.tensor([[1000.0, 0.0]]), torch.tensor([1])), "should be 1000")
print(
    "a fresh network:",
    cross_entropy(MLP()(torch.randn(500, 1, 28, 28)), torch.arange(500) % 10).item(),
    "log 10 is",
    math.log(10),
)

# %% [markdown]
r"""
### Find the bug: two gradients that a bad check believes

A friend wrote the gradient of a softmax layer's loss by hand. `grad_bias` should be the mean over the examples of $p - [c = y]$, one number for each class. Another friend
wrote the gradient of softmax itself and checked it against autograd: "exactly equal, 100 random places". Softmax gives several numbers, so autograd asks
which mixture of them to derive: `p.backward(upstream)` finds the gradient of the sum of `p * upstream`. Run, look, and say what is wrong with each friend, and with
the choice of rows, before you open the box.
"""

# %% gradient_bugs kind="example"
torch.manual_seed(SEED)
logits, labels = torch.randn(6, 4, dtype=torch.float64, requires_grad=True), torch.randint(0, 4, (6,))
p = torch.softmax(logits.detach(), dim=1)
error = p - nn.functional.one_hot(labels, 4)
print("friend 1: grad_bias =", (error / 6).sum().item())


def friends_gradient(p, upstream):
    """Return what the second friend says of softmax."""
    return p * (upstream - upstream.mean(dim=1, keepdim=True))


def right_gradient(p, upstream):
    """Return the gradient of softmax, given the one that comes from above."""
    return p * (upstream - (p * upstream).sum(dim=1, keepdim=True))


def largest_difference(gradient, upstream):
    """Return how far a gradient is from autograd's at one place, chosen at random."""
    logits.grad = None
    torch.softmax(logits, dim=1).backward(upstream)
    row = torch.randint(1, (1,))
    return (gradient(p, upstream)[row] - logits.grad[row]).abs().max().item()


ones, mixed = torch.ones(6, 4, dtype=torch.float64), torch.randn(6, 4, dtype=torch.float64)
print(f"friend 2, checked with ones    {largest_difference(friends_gradient, ones):.1e}")
print(f"friend 2, checked with random  {largest_difference(friends_gradient, mixed):.1e}")
print(f"the right one, with random     {largest_difference(right_gradient, mixed):.1e}")
print("rows that were looked at:", sorted({torch.randint(1, (1,)).item() for _ in range(100)}))

# %% [markdown]
r"""
<details><summary>What is wrong</summary>

*Friend 1* sums over examples **and classes**. In each row $p - [c = y]$ sums to $1 - 1 = 0$: the bias gradient is always 0 (up to rounding), the bias never learns, and
nothing raises. `sum(dim=0)` was meant.

*Friend 2* checks with an upstream gradient (*cotangent*) of ones, which asks how the **sum** of the probabilities changes. It is always 1, so the
right gradient is 0, and any formula whose two halves cancel looks right. Check with a **random** cotangent. And `torch.randint(1, (1,))` draws from 0 to 0: the "random place" was row 0
each time. All three bugs stand in published course material.

</details>
"""

# %% [markdown]
r"""
## Stretch 2 · `sgd_step` · [[sgd_step]]

*Momentum*: like a ball that rolls, a step goes on in the direction of earlier ones. For each parameter $p$ with gradient $g$ there is a *velocity* $v$, zero at first:

$$v \leftarrow \mu v + g \qquad p \leftarrow p - \eta v$$

This is what `torch.optim.SGD(parameters, lr=η, momentum=μ)` does.

- **In**: `parameters`, a list of tensors that require gradients, some of which have one in `.grad` and some `None`; `velocities`, a list of tensors of the same shapes; `lr`, `momentum`.
- **Does**: one step, **in place**: the same tensors have new numbers afterwards, parameters and velocities. A parameter whose gradient is `None` is left alone, and so is its velocity. Gradients stay as they are.
- **Out**: nothing.

```text
p = 1, v = 0, gradient 2, lr 0.1, momentum 0.9:   after one step v = 2, p = 0.8;   after a second with the same gradient v = 3.8, p = 0.42
```

<details><summary>Hint 1: this raises</summary>

`p -= …` on a tensor that requires gradients raises, or would be recorded: put it into `with torch.no_grad():`.

</details>
<details><summary>Hint 2: in place</summary>

Methods whose name ends with `_` change the tensor itself: `v.mul_(2)` doubles v, `v.add_(g)` adds g to it. `v = 2 * v + g` makes a new tensor that nobody outside sees.

</details>
"""


# %% sgd_step kind="solution"
def sgd_step(parameters, velocities, lr, momentum):
    """Do one step of SGD with momentum, in place.

    parameters: list of tensors with .grad or None; velocities: list of tensors of the same shapes.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is None:
                continue
            velocity *= momentum
            velocity += parameter.grad
            parameter -= lr * velocity
    # END SOLUTION


# %% sgd_step_seen kind="example"
p, v = torch.tensor(1.0, requires_grad=True), torch.tensor(0.0)
for _ in range(2):
    p.grad = torch.tensor(2.0)
    sgd_step([p], [v], 0.1, 0.9)
    print("v", round(v.item(), 4), "p", round(p.item(), 4))

# %% [markdown]
r"""
## Stretch 3 · `confusion` · [[confusion]]

Which digits are taken for which?

- **In**: `truth` and `guess`, int64 `(N,)` with numbers from 0 to `classes` − 1; `classes`.
- **Out**: int64 `(classes, classes)`: the number in row t, column g is how often a t was taken for a g. No loop in Python.

```text
confusion([0, 0, 1, 2], [0, 1, 1, 0], 3)   →   [[1, 1, 0], [0, 1, 0], [1, 0, 0]]
```

<details><summary>Hint 1: one number a pair</summary>

Number the cells of the matrix as they are read, row by row: `truth * classes + guess` is the number of a pair's cell.

</details>
<details><summary>Hint 2: counting</summary>

`torch.bincount(…, minlength=…)` counts how often each number comes. How many numbers are there, with those that never come? And `reshape` makes rows of them.

</details>
"""


# %% confusion kind="solution"
def confusion(truth, guess, classes):
    """Count how often each class was taken for each.

    truth, guess: (N,) int64 from 0 to classes - 1.
    Returns: (classes, classes) int64, rows the truth, columns the guess.
    """
    # BEGIN SOLUTION
    pairs = truth * classes + guess
    return torch.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    # END SOLUTION


# %% confusion_seen kind="example"
print(confusion(torch.tensor([0, 0, 1, 2]), torch.tensor([0, 1, 1, 0]), 3))
if "CNN" in trained:  # validation digits: whoever studies mistakes chooses by them, and the test digits must not choose
    with torch.no_grad():
        scores = torch.cat([trained["CNN"](some.to(DEVICE)).cpu() for some in valid_images.split(500)])
    print(confusion(valid_labels, scores.argmax(dim=1), 10))
else:
    print(NO_CNN)

# %% [markdown]
r"""
## Stretch 4 · `worst` · [[worst]]

Look at what goes wrong before you change anything: now and then the label is wrong, and not the network. (Look at mistakes among the **validation** digits, as the cells of these two stretches do: whoever changes the network because of what they saw has chosen by those digits.)

- **In**: `logits` `(N, C)`, `labels` `(N,)`, `count`, from 0 up.
- **Out**: a list of Python ints: the places of the **wrong** examples (largest logit not at the label) with the largest cross-entropy, worst first; at most `count`, fewer if there are fewer mistakes.

```text
logits [[0, 9], [5, 0], [0, 3]], labels [0, 0, 0], count 5   →   [0, 2]
```

<details><summary>Hint 1: the order</summary>

PyTorch's `cross_entropy` with `reduction="none"` gives each example's loss; `argsort(descending=True)` an order.

</details>
<details><summary>Hint 2: only the wrong ones</summary>

A mask says which examples are wrong. Put into that order, `mask[order]`, it picks their places out of `order`. The first `count` of these, and `.tolist()`.

</details>
"""


# %% worst kind="solution"
def worst(logits, labels, count):
    """Return the places of the worst mistakes, worst first.

    logits: (N, C); labels: (N,) int64; count: int.
    Returns: list of int, at most count.
    """
    # BEGIN SOLUTION
    losses = nn.functional.cross_entropy(logits, labels, reduction="none")
    order = losses.argsort(descending=True)
    return order[(logits.argmax(dim=1) != labels)[order]][:count].tolist()
    # END SOLUTION


# %% worst_seen kind="example"
print(worst(torch.tensor([[0.0, 9.0], [5.0, 0.0], [0.0, 3.0]]), torch.tensor([0, 0, 0]), 5))
if "CNN" in trained:
    with torch.no_grad():
        scores = torch.cat([trained["CNN"](some.to(DEVICE)).cpu() for some in valid_images.split(500)])
    figure, axes = plt.subplots(2, 8, figsize=(9, 2.8))
    for axis in axes.flat:
        axis.axis("off")
    for axis, place in zip(axes.flat, worst(scores, valid_labels, 16)):
        axis.imshow(valid_images[place, 0], cmap="gray")
        axis.set_title(f"{valid_labels[place]} read as {scores[place].argmax()}", fontsize=7)
    plt.show()
else:
    print(NO_CNN)

# %% [markdown]
r"""
## Stretch 5 · `why_test` · [[why_test]]

A friend trains for 20 epochs, measures each on the *test* digits, keeps the best epoch and reports its accuracy. Why will her number not hold on new digits, and what should she do instead? Two or three sentences.
"""

# %% why_test [markdown] kind="written"
r"""
*Your answer.*
"""

# %% [markdown]
r"""
## For the curious · Six learning curves: name the bug

Each picture shows the loss of the training digits (dashed) and of the validation digits (solid) of the same MLP, over 12 epochs. In each run one thing was done wrong:

- **A** the learning rate is far too high · **B** it is far too low · **C** the gradients are not set to zero · **D** the labels were shuffled, so they do not belong to their pictures ·
  **E** only 300 digits to learn from · **F** the validation pictures were not normalised.

Run the next two cells and look. The thin line is log 10.
"""

# %% curves kind="setup"
CURVES = [  # (training, validation) losses of 12 epochs, six runs
    (
        [2.309, 2.274, 2.224, 2.174, 2.09, 1.965, 1.8, 1.612, 1.354, 1.196, 0.9577, 0.7262],
        [2.308, 2.326, 2.341, 2.38, 2.447, 2.576, 2.652, 2.766, 3.022, 3.284, 3.601, 4.044],
    ),
    (
        [1.514, 1.205, 1.696, 3.057, 2.347, 2.309, 2.311, 2.309, 2.311, 2.308, 2.31, 2.314],
        [1.35, 2.398, 2.034, 2.354, 2.32, 2.307, 2.31, 2.32, 2.309, 2.314, 2.312, 2.313],
    ),
    (
        [1.946, 0.7106, 0.4069, 0.2659, 0.1633, 0.1213, 0.0669, 0.03683, 0.01682, 0.01132, 0.008459, 0.005869],
        [21.54, 25.93, 32.83, 19.58, 28.34, 18.48, 21.11, 18.41, 22.71, 22.6, 22.86, 22.45],
    ),
    (
        [2.305, 2.301, 2.296, 2.291, 2.286, 2.282, 2.277, 2.272, 2.268, 2.263, 2.258, 2.254],
        [2.302, 2.298, 2.294, 2.29, 2.286, 2.282, 2.277, 2.273, 2.269, 2.265, 2.261, 2.256],
    ),
    (
        [2.296, 2.224, 2.094, 1.885, 1.549, 1.142, 0.7699, 0.4994, 0.3475, 0.2325, 0.1727, 0.09807],
        [2.271, 2.196, 2.069, 1.837, 1.5, 1.143, 0.9122, 0.8334, 0.8191, 0.7909, 0.821, 0.787],
    ),
    (
        [4.027, 3.109, 7.476, 8.066, 14.78, 29.82, 47.88, 45.68, 51.57, 263.2, 122, 167.4],
        [2.417, 2.963, 6.14, 8.349, 25.34, 44.75, 36.93, 57.92, 907.6, 98.57, 708.8, 177.9],
    ),
]
SECRETS = [
    "b6a6f3",
    "cf3d83",
    "b4b51f",
    "694022",
    "6551f1",
    "ad5d3c",
]  # so that nobody reads the answers here by accident

# %% curves_seen kind="example"
figure, axes = plt.subplots(2, 3, figsize=(9, 4.6))
for number, (axis, (training, validation)) in enumerate(zip(axes.flat, CURVES), 1):
    axis.plot(range(1, 13), training, "--", range(1, 13), validation)
    axis.set_ylim(0, min(30, 1.1 * max(training + validation)))
    axis.axhline(math.log(10), color="grey", lw=0.5)
    axis.set_title(f"picture {number}", fontsize=8)
    axis.set_xticks(range(2, 13, 2))
figure.tight_layout()
plt.show()

# %% [markdown]
r"""
Which is which? Write the letters in the order of the pictures, then see how many are right.
"""

# %% guess_curves kind="free"
guess_curves = ["", "", "", "", "", ""]

# %% curves_right kind="example"
marks = [hashlib.sha256(f"{place}{letter}".encode()).hexdigest()[:6] for place, letter in enumerate(guess_curves)]
print("right:", sum(mark == secret for mark, secret in zip(marks, SECRETS)), "of 6")

# %% [markdown]
r"""
<details><summary>The answers</summary>

1 **D**: the training loss falls, since even nonsense can be learned by heart; the validation loss rises from log 10 on. ·
2 **A**: a few jumps, then log 10 for ever: the weights were thrown so far that every ReLU is silent. ·
3 **F**: training goes well, and the validation loss is around 20 from the first epoch: the network never saw such pictures. ·
4 **B**: right direction, no speed; both curves lie on each other. ·
5 **E**: training to 0, validation falls and then stays: it has seen too little. ·
6 **C**: each step adds all earlier gradients; the loss grows without end.

</details>
"""

# %% [markdown]
r"""
---
## Before you hand in

*Restart and run all* once. Save. Then tell us two things (no points, and nobody but the course reads them): they
decide what we explain again.
"""

# %% reflection kind="free"
minutes = None  # how long did the core take you? For example 150
muddiest = ""  # which point is still the muddiest? One sentence
