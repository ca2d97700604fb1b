"""
part = "fit"
verdict = "wrong"
misconception = "the last epoch is the best one"
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
        if v < best:
            best = v
            weights = copy.deepcopy(model.state_dict())
            ago = 0
        else:
            ago += 1
        if ago >= patience:
            break
    pass
    return history
