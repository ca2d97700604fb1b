"""
part = "scheduled"
verdict = "wrong"
misconception = "adding to a method means to copy it first"
see = "cell:mro_seen"
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

    def train_epoch(self, loader):
        self.model.train()
        total = samples = 0
        for batch in loader:
            self.optimizer.zero_grad()
            loss = self.loss(batch)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(batch[0])
            samples += len(batch[0])
        mean = total / samples
        self.rates.append(self.optimizer.param_groups[0]["lr"])
        for group in self.optimizer.param_groups:
            group["lr"] *= self.factor
        return mean
