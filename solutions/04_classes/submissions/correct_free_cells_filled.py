"""
note = "guesses and reflections are written down"
"""

# %% guess_friday
guess_friday = {"losses": 6, "fresh weights": False, "best is best": False}

# %% guess_mro
guess_mro = {"B": "BA", "D": "BCA"}

# %% reflection
minutes = 125  # how long did the core take you? For example 110
muddiest = "super() is not the parent"  # which point is still the muddiest? One sentence
