"""
part = "scheduled"
verdict = "wrong"
misconception = "every class must be able to make objects"
see = "cell:abstract_raises"
"""

# %% scheduled
class Scheduled(Trainer):
    """A Trainer whose learning rates are multiplied with `factor` after each epoch.

    Scheduled(model, optimizer, device, factor=0.5): .factor; .rates, the rate of the first group in each epoch.
    """

    def __init__(self, *args, factor=0.5, **kwargs):
        super().__init__(*args, **kwargs)
        self.factor = factor
        self.rates = []

    def loss(self, batch):
        return functional.mse_loss(self.model(batch[0]), batch[1])

    def train_epoch(self, loader):
        mean = super().train_epoch(loader)
        self.rates.append(self.optimizer.param_groups[0]["lr"])
        for group in self.optimizer.param_groups:
            group["lr"] *= self.factor
        return mean
