"""
part = "fit"
verdict = "wrong"
misconception = "patience is for people"
see = "slide:stop-at-the-best-epoch"
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
        if False:
            break
    model.load_state_dict(weights)
    return history
