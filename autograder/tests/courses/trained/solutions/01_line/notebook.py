# %% [markdown]
r"""
# A line

Fitted by small steps: [[points]] points, [[minutes]] minutes.
"""

# %% imports kind="setup"
import numpy as np

# %% sizes kind="setup"
SEED = 0  # of the data
STEPS, RATE = 600, 0.1
POINTS = 200

# %% data kind="setup"
generator = np.random.default_rng(SEED)
x = generator.uniform(-1, 1, POINTS)
y = 3 * x + 1 + 0.5 * generator.standard_normal(POINTS)

# %% [markdown]
r"""
## One step

[[descend]]

Down the gradient of the mean squared error.
"""


# %% descend kind="solution"
def descend(weights, x, y, rate):
    """Return new weights (slope, offset) after one step of gradient descent on the mean of (slope x + offset - y)²."""
    # BEGIN SOLUTION
    error = weights[0] * x + weights[1] - y
    return weights - rate * 2 * np.array([(error * x).mean(), error.mean()])
    # END SOLUTION


# %% [markdown]
r"""
## The line

[[predict]]
"""


# %% predict kind="solution"
def predict(weights, inputs):
    """Return slope · inputs + offset."""
    # BEGIN SOLUTION
    return weights[0] * inputs + weights[1]
    # END SOLUTION


# %% training kind="example"
weights = np.zeros(2)
for _ in range(STEPS):
    weights = descend(weights, x, y, RATE)

# %% fitted kind="setup"
def fitted(inputs):
    """Return what the trained line says."""
    return predict(weights, inputs)
