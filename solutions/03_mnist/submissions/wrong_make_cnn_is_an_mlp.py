"""
part = "make_cnn"
verdict = "wrong"
misconception = "any network that reads digits will do"
see = "slide:how-many-parameters-does-this-layer-have"
"""
# %% make_cnn
def make_cnn():
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
