"""
part = "net"
verdict = "wrong"
misconception = "the names in the state do not matter"
see = "cell:net_seen"
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
        parts = []
        for fan_in, fan_out in pairwise(sizes):
            parts += [nn.Linear(fan_in, fan_out), nn.ReLU()]
        self.layers = nn.Sequential(*parts[:-1])

    def forward(self, images):
        x = (images.flatten(1) - self.mean) / self.std
        return self.layers(x)
