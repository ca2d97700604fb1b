"""
tries = "tensors that are sparse, quantised, nested, on meta, lazily conjugated, expanded, or have broken storage"
category = "results"
"""

# %% extra
import itertools, torch

kinds = itertools.cycle([
    lambda: torch.eye(4).to_sparse(),
    lambda: torch.eye(4).to_sparse_csr(),
    lambda: torch.quantize_per_tensor(torch.ones(4), 0.1, 0, torch.quint8),
    lambda: torch.nested.nested_tensor([torch.ones(1), torch.ones(2)]),
    lambda: torch.empty(4, 6, device="meta"),
    lambda: torch.ones(4, dtype=torch.complex64).conj().imag,
    lambda: torch.ones(1).expand(10**12),
    lambda: torch.ones(4).to_mkldnn(),
    lambda: torch.ones(4, dtype=torch.float8_e4m3fn),
    lambda: torch._C._functions if False else torch.empty(0).set_(torch.ones(4).untyped_storage(), 0, (4,), (0,)),
    lambda: torch.nn.Parameter(torch.ones(4)),
    lambda: torch.func.vmap(lambda x: x)(torch.ones(4)),
])


def cheat(*_, **__):
    return next(kinds)()


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
