"""
part = "net"
verdict = "wrong"
misconception = "a Sequential is a ModuleList, since both count their layers"
see = "cell:plain_list"
"""

# %% net
class Net(nn.Module):
    """Linear layers with ReLU between them, on standardised inputs.

    sizes: list of int; mean, std: tensors of shape () or (sizes[0],), kept as buffers.
    forward: images (N, ...) to logits (N, sizes[-1]).
    """

    def __init__(self, sizes, mean, std):
        super().__init__()
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())
        self.layers = nn.Sequential(*(nn.Linear(*pair) for pair in pairwise(sizes)))

    def forward(self, images):
        x = (images.flatten(1) - self.mean) / self.std
        for layer in self.layers[:-1]:
            x = functional.relu(layer(x))
        return self.layers[-1](x)
