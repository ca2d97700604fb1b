"""
part = "evaluate"
verdict = "wrong"
misconception = "evaluation begins with `zero_grad`, as training does"
see = "slide:evaluate"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    model.zero_grad()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item() * len(y)
            right += int((logits.argmax(1) == y).sum())
            n += len(y)
    return loss / n, right / n
