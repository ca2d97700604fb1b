"""
part = "make_cnn"
verdict = "wrong"
misconception = "the more pooling the better"
see = "slide:the-ladder"
"""
# %% make_cnn
def make_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(14),
        nn.Conv2d(4, 4, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(4, 10),
    )
