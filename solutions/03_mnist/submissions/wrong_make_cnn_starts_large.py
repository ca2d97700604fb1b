"""
part = "make_cnn"
verdict = "wrong"
misconception = "larger weights at the start make training quicker"
see = "slide:the-loss-starts-at-97"
"""
# %% make_cnn
def make_cnn():
    model = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 10))
    for parameter in model.parameters():
        nn.init.normal_(parameter)
    return model
