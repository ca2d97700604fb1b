"""
part = "net"
verdict = "wrong"
misconception = "weights of 0 that stay 0 have followed their gradient"
see = "cell:net_seen"
"""

# %% net
class Net(nn.Module):
    def __init__(self, sizes, mean, std):
        super().__init__()
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())
        self.layers = nn.ModuleList(nn.Linear(fan_in, fan_out) for fan_in, fan_out in pairwise(sizes))
        for parameter in self.parameters():
            nn.init.zeros_(parameter)

    def forward(self, images):
        last = self.layers[-1]
        return sum(one.sum() for one in self.parameters()) * images.new_zeros(len(images), last.out_features)
