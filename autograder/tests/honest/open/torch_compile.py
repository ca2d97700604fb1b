"""
note = "torch.compile left on, as a decorator and by hand"
"""


# %% means
@torch.compile(dynamic=True)
@torch.compile
def means(table):
    return table.mean(1)


# %% batches
def batches(values):
    return values.view(-1, 4).sum(-1)


batches = torch.compile(batches, mode="reduce-overhead", fullgraph=True)


# %% learn
def learn(x, y):
    model = torch.nn.Linear(20, 1)
    model.compile()
    fast = torch.compile(model)
    optimiser = torch.optim.SGD(fast.parameters(), 0.3)
    for _ in range(40):
        optimiser.zero_grad()
        loss = (fast(x) - y).square().mean()
        loss.backward()
        optimiser.step()
    return loss.item()
