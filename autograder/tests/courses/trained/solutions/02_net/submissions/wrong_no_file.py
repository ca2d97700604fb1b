"""
part = "train_step"
verdict = "wrong"
misconception = "the notebook alone is the work"
weights = "missing"
see = "cell:training"
"""

# %% extra
forgotten = True
