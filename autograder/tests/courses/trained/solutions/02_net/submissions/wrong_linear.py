"""
part = "make_net"
verdict = "wrong"
misconception = "two linear layers are more than one"
see = "cell:training"
"""

# %% make_net
def make_net():
    return nn.Sequential(nn.Linear(2, 16), nn.Identity(), nn.Linear(16, 1))
