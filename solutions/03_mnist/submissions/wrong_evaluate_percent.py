"""
part = "evaluate"
verdict = "wrong"
misconception = "accuracy is a percentage"
see = "cell:evaluate_seen"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item() * len(y)
            right += int((logits.argmax(1) == y).sum())
            n += len(y)
    return loss / n, 100 * right / n
