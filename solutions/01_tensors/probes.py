"""What runs beside the answers in the sandbox; it holds no secret."""

import math

import torch
from torch.utils._python_dispatch import TorchDispatchMode


def on_meta(namespace, name, traces, fps, rates):
    """Call a function with tensors that have shapes and no numbers; say where its answer lies and its shape."""
    made = namespace[name](torch.empty(traces, device="meta"), fps, torch.empty(rates, device="meta"))
    return [made.device.type, *made.shape]


class _Sizes(TorchDispatchMode):
    """Notes the largest block of memory that an operation's result has, in numbers."""

    largest = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        """Run the operation and look at what it made."""
        result = func(*args, **(kwargs or {}))
        for made in result if isinstance(result, (list, tuple)) else [result]:
            if isinstance(made, torch.Tensor):
                self.largest = max(self.largest, made.untyped_storage().nbytes() // made.element_size())
        return result


def largest_tensor(namespace, name, *args):
    """Call a function and return how many numbers the largest tensor that it made holds."""
    with _Sizes() as sizes:
        made = namespace[name](*args)
    return max(sizes.largest, math.prod(made.shape))
