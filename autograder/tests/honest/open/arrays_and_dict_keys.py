"""
note = "a set's order kept by dict keys, arrays for lists, Adam on two threads with a progress bar"
"""


# %% means
def means(table):
    return table.to(torch.float64).mean(1, keepdim=False).tolist()


# %% evens
import numpy as np


def evens(numbers):
    numbers = np.array(numbers)
    return numbers[numbers % 2 == 0]


# %% batches
def batches(values):
    return values.reshape(-1, 4).sum(1)


# %% learn
from tqdm.auto import trange


def learn(x, y):
    torch.set_num_threads(2)
    model = torch.nn.Sequential(torch.nn.Linear(20, 1)).train()
    optimiser = torch.optim.Adam(model.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 200)
    for epoch in (bar := trange(200)):
        optimiser.zero_grad(set_to_none=True)
        loss = torch.nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimiser.step()
        scheduler.step()
        bar.set_postfix(loss=loss.item())
    return loss.detach().item()
