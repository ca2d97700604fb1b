"""
part = "watch"
verdict = "wrong"
misconception = "a hook that does nothing is gone"
see = "cell:with_seen"
"""

# %% watch
class Watch:
    """Collects what a module returns, inside a `with` block.

    Watch(module): .outputs, a list of detached copies in the order of the calls.
    """

    def __init__(self, module):
        self.outputs = []
        self.on = False
        module.register_forward_hook(self._note)

    def __enter__(self):
        self.outputs = []
        self.on = True
        return self

    def __exit__(self, kind, error, trace):
        self.on = False

    def _note(self, module, inputs, output):
        if self.on:
            self.outputs.append(output.detach().clone())
