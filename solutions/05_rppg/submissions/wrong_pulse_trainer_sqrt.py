"""
part = "pulse_trainer"
verdict = "wrong"
misconception = "a root has a gradient everywhere"
see = "cell:pulse_trainer_seen"
"""
# %% pulse_trainer
class PulseTrainer(Trainer):
    """Trains a network to draw the blood volume, by one minus Pearson's correlation."""

    def loss(self, batch):
        """Return the mean over the windows of 1 - Pearson.

        batch: [inputs (N, 12, T), blood (N, T)].
        Returns: tensor with one number, 0 to 2.
        """
        inputs, blood = batch
        p = self.model(inputs)
        p = p - p.mean(dim=1, keepdim=True)  # public
        y = blood - blood.mean(dim=1, keepdim=True)
        pearson = (p * y).sum(dim=1) / (torch.sqrt((p**2).sum(dim=1)) * torch.sqrt((y**2).sum(dim=1)) + 1e-8)
        return (1 - pearson).mean()
