"""
part = "evaluate"
verdict = "wrong"
misconception = "the order of two returned values is a matter of taste"
see = "cell:evaluate_seen"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    loss, hits, seen = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            said = model(x)
            loss += nn.functional.cross_entropy(said, y, reduction="sum").item()
            hits += (said.argmax(1) == y).sum().item()
            seen += len(y)
    return hits / seen, loss / seen
