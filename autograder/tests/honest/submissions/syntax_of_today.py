"""
note = "match, walrus, positional-only and keyword-only arguments, annotations, unpacking"
"""

# %% softmax
def softmax(logits: torch.Tensor, /, *, axis: int = 1, **unused: object) -> torch.Tensor:
    return (e := (logits - (logits.amax(axis, keepdim=True) if logits.numel() else 0)).exp()) / e.sum(axis, True)


# %% unit
def unit(x):
    match (length := x.norm()).item():
        case 0.0:
            raise ValueError(f"{length=}")
        case _:
            return x / length


# %% cipher
class cipher:
    def encode(self, numbers: list[int]) -> list[int]:
        return [*(n**2 + 3 * i for i, n in enumerate(numbers))]

    def decode(self, numbers):
        first, *rest = [int((n - 3 * i) ** 0.5 + 0.5) for i, n in enumerate(numbers)]
        return [first, *rest]


# %% row_sums
row_sums: object = lambda table, /: table.sum(axis=1)
