"""
part = "fit"
verdict = "wrong"
misconception = "the parameters are all that a network keeps"
see = "cell:alias_seen"
"""
# %% fit
def fit(model, train, valid, epochs, patience):
    kept = [parameter.detach().clone() for parameter in model.parameters()]
    history, best, waited = [], math.inf, 0
    for _ in range(epochs):
        row = (train(), valid())
        history.append(row)
        waited += 1
        if row[1] < best:
            best, waited = row[1], 0
            kept = [parameter.detach().clone() for parameter in model.parameters()]
        if waited == patience:
            break
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), kept):
            parameter.copy_(value)
    return history
