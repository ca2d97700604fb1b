"""What runs beside the answer."""

import torch


def with_state(namespace, values, x):
    net = namespace["make_net"]()
    names = list(net.state_dict())
    net.load_state_dict(dict(zip(names, values, strict=True)))
    return net(x).detach()


def two_steps(namespace, start, x, y):
    layer = torch.nn.Linear(2, 1)
    with torch.no_grad():
        layer.weight.copy_(start[0])
        layer.bias.copy_(start[1])
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.05)
    losses = [namespace["train_step"](layer, optimizer, *batch) for batch in zip(x, y, strict=True)]
    return [*losses, layer.weight.detach(), layer.bias.detach()]
