"""
note = "from __future__ in a helper cell, __all__, type aliases, Final, overload"
"""

# %% extra
from __future__ import annotations
from typing import Final, TypeAlias, overload, TYPE_CHECKING

if TYPE_CHECKING:
    import nowhere

Vector: TypeAlias = "torch.Tensor | list[Undefined]"
EPSILON: Final[float] = 1e-12
__all__ = ["softmax"]


# %% demean
def demean(x: Vector) -> nowhere.Vector:
    return x - x.mean()
