"""
note = "trains a small network with Adam first"
"""

# %% extra
import torch

model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
optimiser = torch.optim.Adam(model.parameters())
for _ in range(20):
    optimiser.zero_grad()
    loss = model(torch.ones(5, 4)).pow(2).mean()
    loss.backward()
    optimiser.step()
print(float(loss))
