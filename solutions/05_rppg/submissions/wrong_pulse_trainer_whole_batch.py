"""
part = "pulse_trainer"
verdict = "wrong"
misconception = "one correlation for the whole batch will do"
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
        p = p - p.mean()  # public
        y = blood - blood.mean()
        pearson = (p * y).sum() / (p.norm() * y.norm() + 1e-8)
        return (1 - pearson).mean()
