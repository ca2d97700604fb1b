"""
part = "evaluate"
verdict = "wrong"
misconception = "a parameter that no longer requires gradients is the same parameter"
see = "slide:evaluate"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item() * len(y)
            right += int((logits.argmax(1) == y).sum())
            n += len(y)
    return loss / n, right / n
