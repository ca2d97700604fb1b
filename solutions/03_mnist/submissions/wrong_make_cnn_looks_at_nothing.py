"""
part = "make_cnn"
verdict = "wrong"
misconception = "layers that are there are used"
see = "slide:a-cnn-with-its-shapes"
"""

# %% make_cnn
def make_cnn():
    class Idle(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.ModuleList([nn.Conv2d(1, 4, 3), nn.Conv2d(4, 4, 3)])
            self.logits = nn.Parameter(0.01 * torch.randn(10))

        def forward(self, images):
            return self.logits.expand(len(images), 10)

    return Idle()
