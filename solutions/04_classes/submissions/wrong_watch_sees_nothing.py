"""
part = "watch"
verdict = "wrong"
misconception = "a watch that changes nothing has watched"
see = "cell:watch_seen"
"""

# %% watch
class Watch:
    def __init__(self, module):
        self.outputs = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        pass
