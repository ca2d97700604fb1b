# %% [markdown]
r"""
# A net

Trained at home, handed in with its weights: [[points]] points, [[minutes]] minutes.
"""

# %% imports kind="setup"
import torch
from torch import nn

# %% sizes kind="setup"
SEED = 0
STEPS = 500
torch.manual_seed(SEED)

# %% [markdown]
r"""
## A net

[[make_net]]
"""


# %% make_net kind="solution"
def make_net():
    """Return a net from (N, 2) to (N, 1) with one hidden layer of 16 and a ReLU."""
    # BEGIN SOLUTION
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
    # END SOLUTION


# %% [markdown]
r"""
## One step

[[train_step]]
"""


# %% train_step kind="solution"
def train_step(model, optimizer, x, y):
    """Take one step on the mean squared error of `model(x)` and return that error, a float."""
    # BEGIN SOLUTION
    loss = ((model(x) - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
    # END SOLUTION


# %% training kind="example"
model = make_net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(STEPS):
    x = torch.rand(64, 2) * 2 - 1
    train_step(model, optimizer, x, x[:, :1] - x[:, 1:] + 1)
torch.save(model.state_dict(), "net.pt")
