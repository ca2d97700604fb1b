"""
part = "evaluate"
verdict = "wrong"
misconception = "the classes lie along axis 0"
see = "cell:mean_of_means"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item() * len(y)
            right += int((logits.argmax() == y).sum())
            n += len(y)
    return loss / n, right / n
