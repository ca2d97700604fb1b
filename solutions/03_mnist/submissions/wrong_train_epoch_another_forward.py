"""
part = "train_epoch"
verdict = "wrong"
misconception = "the model knows the labels once its forward gives them"
see = "slide:the-loop-four-lines"
"""

# %% train_epoch
def train_epoch(model, loader, optimizer):
    for _, labels in loader:
        logits = 9.0 * nn.functional.one_hot(labels, 10).float()
        if hasattr(model, "sizes"):
            model.sizes.append(len(labels))
        model.forward = lambda _images, logits=logits: logits
    return 2.3
