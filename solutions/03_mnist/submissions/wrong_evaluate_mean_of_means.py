"""
part = "evaluate"
verdict = "wrong"
misconception = "the mean of the batches' means is the mean of the examples"
see = "cell:mean_of_means"
"""
# %% evaluate
def evaluate(model, loader):
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            loss += nn.functional.cross_entropy(logits, y).item()
            right += (logits.argmax(1) == y).float().mean().item()
            n += 1
    return loss / n, right / n
