"""
part = "scheduled"
verdict = "wrong"
misconception = "super() is another way of writing the parent's name"
see = "cell:mro_seen"
"""

# %% scheduled
class Scheduled(Trainer):
    """A Trainer whose learning rates are multiplied with `factor` after each epoch.

    Scheduled(model, optimizer, device, factor=0.5): .factor; .rates, the rate of the first group in each epoch.
    """

    def __init__(self, *args, factor=0.5, **kwargs):
        Trainer.__init__(self, *args, **kwargs)
        self.factor = factor
        self.rates = []

    def train_epoch(self, loader):
        mean = Trainer.train_epoch(self, loader)
        self.rates.append(self.optimizer.param_groups[0]["lr"])
        for group in self.optimizer.param_groups:
            group["lr"] *= self.factor
        return mean
