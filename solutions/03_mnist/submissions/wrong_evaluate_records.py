"""
part = "evaluate"
verdict = "wrong"
misconception = "`eval` switches gradients off"
see = "slide:evaluate"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    loss, right, n = 0.0, 0, 0
    if True:
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item() * len(y)
            right += int((logits.argmax(1) == y).sum())
            n += len(y)
    return loss / n, right / n
