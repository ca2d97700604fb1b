"""
part = "fit"
verdict = "wrong"
misconception = "a model that was trained must be handed back"
see = "cell:train_mlp"
"""
# %% fit
def fit(model, train, valid, epochs, patience):
    best, weights, ago, history = math.inf, copy.deepcopy(model.state_dict()), 0, []
    for _ in range(epochs):
        history.append((train(), valid()))
        if history[-1][1] < best:
            best, weights, ago = history[-1][1], copy.deepcopy(model.state_dict()), 0
        else:
            ago += 1
            if ago >= patience:
                break
    model.load_state_dict(weights)
    return model, history
