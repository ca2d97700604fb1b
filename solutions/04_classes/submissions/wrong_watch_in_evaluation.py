"""
part = "watch"
verdict = "wrong"
misconception = "who only looks may switch dropout off"
see = "cell:watch_seen"
"""

# %% watch
class Watch:
    """Collects what a module returns, inside a `with` block.

    Watch(module): .outputs, a list of detached copies in the order of the calls.
    """

    def __init__(self, module):
        self.module = module
        self.outputs = []

    def __enter__(self):
        self.outputs = []
        self.module.eval()
        self._handle = self.module.register_forward_hook(self._note)
        return self

    def __exit__(self, kind, error, trace):
        self._handle.remove()

    def _note(self, module, inputs, output):
        self.outputs.append(output.detach().clone())
