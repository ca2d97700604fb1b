"""
part = "evaluate"
verdict = "missing"
misconception = "what does not work may be left open"
see = "cell:evaluate_seen"
"""
# %% evaluate
def evaluate(model, loader):
    raise NotImplementedError("evaluate")
