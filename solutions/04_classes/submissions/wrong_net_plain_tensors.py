"""
part = "net"
verdict = "wrong"
misconception = "a tensor that is an attribute belongs to the model"
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
        self.mean = mean.clone()
        self.std = std.clone()
        self.layers = nn.ModuleList(nn.Linear(fan_in, fan_out) for fan_in, fan_out in pairwise(sizes))

    def forward(self, images):
        x = (images.flatten(1) - self.mean) / self.std
        for layer in self.layers[:-1]:
            x = functional.relu(layer(x))
        return self.layers[-1](x)
