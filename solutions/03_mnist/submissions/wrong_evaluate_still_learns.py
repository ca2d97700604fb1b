"""
part = "evaluate"
verdict = "wrong"
misconception = "BatchNorm in training mode with `no_grad` changes nothing"
see = "slide:evaluate"
"""
# %% evaluate
def evaluate(model, loader):
    model.train()
    loss, right, n = 0.0, 0, 0
    with torch.inference_mode():
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item() * len(y)
            right += int((logits.argmax(1) == y).sum())
            n += len(y)
    return loss / n, right / n
