"""
part = "train_step"
verdict = "wrong"
misconception = "old weights fit the class that I have changed since"
weights = "reference"
see = "cell:training"
"""

# %% make_net
def make_net():
    return nn.Sequential(nn.Linear(2, 12), nn.ReLU(), nn.Linear(12, 1))
