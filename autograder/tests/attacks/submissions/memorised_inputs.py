"""
tries = "remember every input, to answer it when it comes again"
category = "learning"
"""

# %% extra
import torch

memory = {}


def predict(images):
    return torch.tensor([memory.setdefault(image.numpy().tobytes(), len(memory) % 2) for image in images])
