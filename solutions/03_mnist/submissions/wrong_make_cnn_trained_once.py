"""
part = "make_cnn"
verdict = "wrong"
misconception = "a network made once can be handed out again"
see = "slide:how-many-parameters-does-this-layer-have"
"""
# %% make_cnn
def make_cnn(made=nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 10))):
    return made
