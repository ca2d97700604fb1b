"""
part = "fit"
verdict = "wrong"
misconception = "what is not larger or equal is smaller: NaN is neither"
see = "cell:alias_seen"
"""
# %% fit
def fit(model, train, valid, epochs, patience):
    best_loss = math.inf
    best_weights = copy.deepcopy(model.state_dict())
    bad_epochs = 0
    history = []
    for epoch in range(epochs):
        train_loss = train()
        valid_loss = valid()
        history.append((train_loss, valid_loss))
        if valid_loss >= best_loss:
            bad_epochs += 1
            if bad_epochs == patience:
                break
        else:
            best_loss = valid_loss
            best_weights = copy.deepcopy(model.state_dict())
            bad_epochs = 0
    model.load_state_dict(best_weights)
    return history
