"""
part = "fit"
verdict = "raised"
misconception = "indentation is a matter of taste"
see = "cell:alias_seen"
"""
# %% fit
def fit(model, train, valid, epochs, patience):
    history = []
  return history
