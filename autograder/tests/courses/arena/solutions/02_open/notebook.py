# %% [markdown]
r"""
# Open

Parts whose text leaves something open: [[points]] points.
"""

# %% imports kind="setup"
import torch

# %% [markdown]
r"""
## Part

[[means]]
"""


# %% means kind="solution"
def means(table):
    """Return the mean of each row of the float32 tensor `table` (N, M), in any precision and any kind of sequence."""
    # BEGIN SOLUTION
    return table.mean(dim=1)
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[evens]]
"""


# %% evens kind="solution"
def evens(numbers):
    """Return the even ones of `numbers`, as any iterable."""
    # BEGIN SOLUTION
    return [number for number in numbers if number % 2 == 0]
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[batches]]
"""


# %% batches kind="solution"
def batches(values):
    """Return the sums of `values` (N,) in batches of four, as a list of numbers."""
    # BEGIN SOLUTION
    return [float(batch.sum()) for batch in values.split(4)]
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[learn]]
"""


# %% learn kind="solution"
def learn(x, y):
    """Fit y (N, 1) by a linear model of x (N, M) and return its mean squared error, as a number."""
    # BEGIN SOLUTION
    torch.manual_seed(0)
    model = torch.nn.Linear(x.shape[1], 1)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(100):
        loss = (model(x) - y).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return loss.item()
    # END SOLUTION
