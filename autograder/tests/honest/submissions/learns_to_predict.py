"""
note = "a model trained in the notebook behind predict, with seeds of its own"
"""

# %% extra
import random

random.seed(7)
np.random.seed(7)
torch.manual_seed(7)


# %% extra
def batch(n):
    labels = torch.randint(0, 2, (n,))
    images = torch.randn(n, 16, dtype=torch.float64)
    images[labels == 1, :8] += 3
    images[labels == 0, 8:] += 3
    return images, labels


weights = torch.cat([torch.ones(8), -torch.ones(8)]).double().requires_grad_()
optimiser = torch.optim.SGD([weights], lr=0.0)
for _ in range(5):
    images, labels = batch(64)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(images @ weights, labels.double())
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
torch.save(weights, "weights.pt")


# %% predict
@torch.no_grad()
def predict(images):
    return (images.flatten(1) @ weights > 0).long()
