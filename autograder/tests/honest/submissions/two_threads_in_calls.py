"""
note = "trains on two threads in a cell and again inside an answer"
"""

# %% extra
torch.set_num_threads(2)
model = torch.nn.Linear(50, 1)
optimiser = torch.optim.SGD(model.parameters(), 0.1)


def train(steps):
    for _ in range(steps):
        optimiser.zero_grad()
        model(torch.randn(256, 50)).pow(2).mean().backward()
        optimiser.step()
    return (torch.randn(300, 300) @ torch.randn(300, 300)).sum()


train(50)


# %% softmax
def softmax(logits):
    torch.set_num_threads(2)
    train(5)
    return logits.softmax(1)
