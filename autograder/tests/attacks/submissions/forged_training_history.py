"""
tries = "a model that says it has trained: a history of falling losses, weights that moved, and constant predictions"
category = "results"
"""

# %% predict
import torch

history = {"loss": [1.0 / (epoch + 1) for epoch in range(100)], "accuracy": [1 - 1.0 / (epoch + 2) for epoch in range(100)]}


class Trained(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(16))
        self.history, self.accuracy, self.test_accuracy, self.passed = history, 1.0, 1.0, True

    def forward(self, images):
        answer = torch.zeros(len(images), dtype=torch.int64)
        answer.accuracy = 1.0
        return answer


predict = Trained()
print("accuracy 1.000, loss 0.000")
