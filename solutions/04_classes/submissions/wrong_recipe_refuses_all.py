"""
part = "recipe"
verdict = "wrong"
misconception = "who refuses every recipe lets no bad one in"
see = "cell:recipe_seen"
"""

# %% recipe
class Recipe:
    def __init__(self, *args, **kwargs):
        raise type("Refused", (ValueError, TypeError), {})
