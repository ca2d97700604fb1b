"""
part = "fit"
verdict = "wrong"
misconception = "the best epoch is the one with the smallest training loss"
see = "cell:alias_seen"
"""
# %% fit
def fit(model, train, valid, epochs, patience):
    history, best, ago = [], math.inf, 0
    weights = copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        t = train()
        v = valid()
        history.append((t, v))
        if t < best:
            best = t
            weights = copy.deepcopy(model.state_dict())
            ago = 0
        else:
            ago += 1
        if ago >= patience:
            break
    model.load_state_dict(weights)
    return history
