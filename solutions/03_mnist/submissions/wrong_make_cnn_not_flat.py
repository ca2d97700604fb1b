"""
part = "make_cnn"
verdict = "raised"
misconception = "a linear layer takes pictures"
see = "slide:a-cnn-with-its-shapes"
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
        nn.Linear(1568, 10),
    )
