"""
part = "train_step"
verdict = "wrong"
misconception = "an upload that stops is an upload"
weights = "truncated"
see = "cell:training"
"""

# %% extra
interrupted = True
