"""
part = "make_cnn"
verdict = "wrong"
misconception = "a network ends with probabilities"
see = "slide:the-loss-starts-at-97"
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
        nn.Linear(1568, 10),
        nn.Softmax(dim=1),
    )
