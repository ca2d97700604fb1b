"""
part = "meter"
verdict = "wrong"
misconception = "what stands in the class body is made anew for each object"
see = "cell:shared_seen"
"""

# %% meter
class Meter:
    """The mean over samples that come batch by batch.

    Meter(name): .name; .add(mean, count=1); .value (property, ValueError if empty); len(); repr();
    Meter.of(name, values): a classmethod.
    """

    seen = []

    def __init__(self, name):
        self.name = name

    def add(self, mean, count=1):
        self.seen.append((mean, count))

    @property
    def value(self):
        if not self.seen:
            raise ValueError(f"{self.name} has seen no sample")
        return sum(mean * count for mean, count in self.seen) / len(self)

    @classmethod
    def of(cls, name, values):
        meter = cls(name)
        for value in values:
            meter.add(value)
        return meter

    def __len__(self):
        return sum(count for _, count in self.seen)

    def __repr__(self):
        content = f"{self.value:.4f} after {len(self)}" if len(self) else "empty"
        return f"{type(self).__name__}({self.name!r}, {content})"
