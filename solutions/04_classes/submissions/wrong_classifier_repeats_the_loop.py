"""
part = "classifier"
verdict = "wrong"
misconception = "a subclass has to contain all that it can do"
see = "cell:trainer"
"""

# %% classifier
class Classifier(Trainer):
    """A Trainer for labels: a batch is images (N, ...) and labels (N,) int64.

    loss(batch): mean cross-entropy; accuracy(loader): share of samples that are right, a float.
    """

    def loss(self, batch):
        images, labels = batch
        return functional.cross_entropy(self.model(images), labels)

    def train_epoch(self, loader):
        self.model.train()
        total = samples = 0
        for images, labels in loader:
            self.optimizer.zero_grad()
            loss = self.loss([images, labels])
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(labels)
            samples += len(labels)
        return total / samples

    @torch.no_grad()
    def accuracy(self, loader):
        self.model.eval()
        right = samples = 0
        for images, labels in loader:
            guesses = self.model(images.to(self.device)).argmax(dim=1)
            right += (guesses == labels.to(self.device)).sum().item()
            samples += len(labels)
        return right / samples
