"""
part = "pulse_trainer"
verdict = "wrong"
misconception = "whoever makes a loss sends it back"
see = "cell:trainer"
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
        pearson = (p * y).sum(dim=1) / (p.norm(dim=1) * y.norm(dim=1) + 1e-8)
        loss = (1 - pearson).mean()
        loss.backward()
        return loss
