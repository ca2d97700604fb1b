"""
part = "pulse_trainer"
verdict = "wrong"
misconception = "the height of a pulse must be right too"
see = "cell:pulse_trainer_seen"
"""
# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        inputs, blood = batch
        return ((self.model(inputs) - blood) ** 2).mean()
