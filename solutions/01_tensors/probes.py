"""What runs beside the answers in the sandbox; it holds no secret."""

import math
import tracemalloc

import torch
from torch.overrides import TorchFunctionMode
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


class _Asked(TorchFunctionMode):
    """Notes the names of torch's functions that are called."""

    def __init__(self, names):
        super().__init__()
        self.names = names

    def __torch_function__(self, func, types, args=(), kwargs=None):
        """Note the name and call the function."""
        self.names.add(str(getattr(func, "__name__", "")))
        return func(*args, **(kwargs or {}))


class _Done(TorchDispatchMode):
    """Notes the names of the operations that they are made of."""

    def __init__(self, names):
        super().__init__()
        self.names = names

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        """Note the name and run the operation."""
        self.names.add(func.overloadpacket.__name__)
        return func(*args, **(kwargs or {}))


def operations(namespace, name, *args):
    """Call a function and return the names of all that torch was asked for and did."""
    names = set()
    with _Done(names), _Asked(names):
        namespace[name](*args)
    return sorted(names)


def most_memory(namespace, name, *args):
    """Call a function and return how many bytes NumPy and Python held for it at once; torch counts for itself."""
    namespace[name](*args)  # what a first call imports is no part of it
    tracemalloc.start()
    try:
        namespace[name](*args)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return int(most)


class _Doubled(TorchDispatchMode):
    """Doubles what each cumulative sum gives."""

    met = False

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        """Run the operation and double its result if it is a cumulative sum."""
        result = func(*args, **(kwargs or {}))
        if func.overloadpacket.__name__ in ("cumsum", "cumsum_"):
            self.met = True
            result.mul_(2)
        return result


def doubled_sums(namespace, name, *args):
    """Call a function while torch doubles its cumulative sums; return whether there was one, and the answer."""
    with _Doubled() as sums:
        made = namespace[name](*args)
    return [bool(sums.met), made]
