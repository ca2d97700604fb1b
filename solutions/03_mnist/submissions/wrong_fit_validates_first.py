"""
part = "fit"
verdict = "wrong"
misconception = "it does not matter in which order the two are called"
see = "cell:train_mlp"
"""
# %% fit
def fit(model, train, valid, epochs, patience):
    history, best, ago = [], math.inf, 0
    weights = copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        v = valid()
        t = train()
        history.append((t, v))
        if v < best:
            best = v
            weights = copy.deepcopy(model.state_dict())
            ago = 0
        else:
            ago += 1
        if ago >= patience:
            break
    model.load_state_dict(weights)
    return history
