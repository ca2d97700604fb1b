"""
part = "classifier"
verdict = "wrong"
misconception = "a tensor with one number is a float"
see = "cell:batch_means"
"""

# %% classifier
class Classifier(Trainer):
    """A Trainer for labels: a batch is images (N, ...) and labels (N,) int64.

    loss(batch): mean cross-entropy; accuracy(loader): share of samples that are right, a float.
    """

    def loss(self, batch):
        images, labels = batch
        return functional.cross_entropy(self.model(images), labels)

    @torch.no_grad()
    def accuracy(self, loader):
        self.model.eval()
        right = samples = 0
        for images, labels in loader:
            guesses = self.model(images.to(self.device)).argmax(dim=1)
            right += (guesses == labels.to(self.device)).sum()
            samples += len(labels)
        return right / samples
