"""Hidden checks of 02_net."""

import torch

from autograder.checks import check
from autograder.compare import matches, require


@check("make_net", hint="One hidden layer of 16.", see="cell:training")
def test_layers_of_the_net(student, reference, torch_rng):
    """The net has the sizes that are asked for, and a ReLU between them."""
    state, x = reference.make_net().state_dict(), torch.randn(5, 2, generator=torch_rng)
    state = {name: torch.randn(value.shape, generator=torch_rng) for name, value in state.items()}
    net = reference.make_net()
    net.load_state_dict(state)
    matches(student.probe("with_state", list(state.values()), x), net(x).detach(), rtol=1e-4)


@check("train_step", hint="Gradients are added up until they are zeroed.", see="cell:training")
def test_steps_lower_the_error(student, reference, torch_rng):
    """Two steps give the errors and the weights that they should."""
    x, y = torch.randn(2, 8, 2, generator=torch_rng), torch.randn(2, 8, 1, generator=torch_rng)
    layer = torch.nn.Linear(2, 1)
    start = [torch.randn(1, 2, generator=torch_rng), torch.randn(1, generator=torch_rng)]
    with torch.no_grad():
        layer.weight.copy_(start[0])
        layer.bias.copy_(start[1])
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.05)
    losses = [reference.train_step(layer, optimizer, *batch) for batch in zip(x, y)]
    answer = student.probe("two_steps", start, x, y)
    matches(answer, [*losses, layer.weight.detach(), layer.bias.detach()], rtol=1e-4)


@check("train_step", hint="Train to the end, then hand in the file that was saved.", see="cell:training")
def test_weights_handed_in(student, reference, torch_rng, weights, threshold):
    """The weights that were handed in fit points that they never saw."""
    net = weights.into("net.pt", "make_net")
    x = torch.rand(200, 2, generator=torch_rng) * 2 - 1
    y = net(x)
    matches(list(y.shape), [200, 1])
    threshold("error", ((y - (x[:, :1] - x[:, 1:] + 1)) ** 2).mean().sqrt().item())
    require(torch.isfinite(y).all(), "Some answers are no numbers.")
