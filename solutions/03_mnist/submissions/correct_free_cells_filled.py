"""
note = "all guesses are written down, and the written answer"
"""
# %% guess_sure
guess_sure = {"as it stands": 200, "BCELoss(sigmoid(z))": 200, "log(1 + exp(z)) - y z": 200, "logaddexp": 200}

# %% explain_sure [markdown]
r"""
It looks like a number one can trust.
"""

# %% guess_points
guess_points = {"clouds": 1.0, "ring": 0.5, "ring with squares": 0.9, "spiral": 0.5}

# %% guess_zero
guess_zero = "faster"

# %% guess_alias
guess_alias = 1

# %% guess_ladder
guess_ladder = {"template": 50, "nearest neighbour": 95, "linear": 80, "MLP": 97, "CNN": 99}
guess_breaks = ["template", "linear"]

# %% guess_curves
guess_curves = ["D", "A", "F", "B", "E", "C"]

# %% why_test [markdown]
r"""
She picked the luckiest epoch on these digits. Choose on the validation set, test once.
"""

# %% reflection
minutes = 130
muddiest = "momentum"
