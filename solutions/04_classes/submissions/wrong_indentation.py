"""
part = "watch"
verdict = "raised"
misconception = "how far a method is indented does not matter"
see = "cell:watch_seen"
"""

# %% watch
class Watch:
    """Collects what a module returns, inside a `with` block."""

    def __init__(self, module):
        self.module = module
        self.outputs = []

     def __enter__(self):
        return self
