"""
tries = "named tuples, dataclasses, enums, frozen sets, mappings with a mind of their own and lists that lie about their length"
category = "results"
"""

# %% extra
import collections, dataclasses, enum, itertools, types


class Liar(list):
    def __len__(self):
        return 10**9

    def __iter__(self):
        return itertools.count()


class Endless(dict):
    def items(self):
        return zip(itertools.count(), itertools.count())

    keys = values = __iter__ = lambda self: itertools.count()


class Color(enum.IntEnum):
    RED = 7


@dataclasses.dataclass
class Point:
    x: int = 1


kinds = itertools.cycle([
    lambda: collections.namedtuple("T", "encode decode")(1, 2), Point, lambda: Color.RED, lambda: Color,
    lambda: frozenset([frozenset()]), lambda: collections.OrderedDict(a=1), lambda: collections.Counter("aab"),
    lambda: types.MappingProxyType({}), lambda: Liar([1]), lambda: range(10**18), lambda: memoryview(b"x"),
    lambda: bytearray(5), lambda: ..., lambda: NotImplemented, lambda: type, lambda: collections.ChainMap({}),
    lambda: slice(None), lambda: 1j, lambda: float("nan"), lambda: "x" * 10**6, lambda: b"\x00" * 10**6,
])


def cheat(*_, **__):
    return next(kinds)()


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
