"""
part = "classifier"
verdict = "wrong"
misconception = "a loss and an accuracy of the right type are the answer"
see = "cell:trainer"
"""

# %% classifier
class Classifier(Trainer):
    def loss(self, batch):
        return torch.zeros((), requires_grad=True)

    @torch.no_grad()
    def accuracy(self, loader):
        self.model.eval()
        for images, _ in loader:
            self.model(images)
        return 0.5
