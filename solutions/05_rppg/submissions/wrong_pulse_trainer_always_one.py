"""
part = "pulse_trainer"
verdict = "wrong"
misconception = "two curves that are not compared have no correlation, and the loss is 1"
see = "cell:pulse_trainer_seen"
"""
# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        inputs, blood = batch
        pearson = 0 * self.model(inputs).sum(dim=1)
        return (1 - pearson).mean()
