"""
note = "type hints, docstrings, asserts and a main guard"
"""

# %% extra
from __future__ import annotations
from typing import Any

if __name__ == "__main__":
    print("run as", __name__)


# %% demean
def demean(x: torch.Tensor, *, unused: Any = None) -> torch.Tensor:
    """Centre.

    >>> 1 + 1
    2
    """
    assert isinstance(x, torch.Tensor)
    return x.sub(x.mean())
