"""
part = "make_cnn"
verdict = "wrong"
misconception = "parameters lie in the convolutions"
see = "slide:how-many-parameters-does-this-layer-have"
"""
# %% make_cnn
def make_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1568, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )
