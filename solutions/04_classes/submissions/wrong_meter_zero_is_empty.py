"""
part = "meter"
verdict = "raised"
misconception = "a sum of 0 is an empty meter"
see = "cell:meter_seen"
"""

# %% meter
class Meter:
    """The mean over samples that come batch by batch.

    Meter(name): .name; .add(mean, count=1); .value (property, ValueError if empty); len(); repr();
    Meter.of(name, values): a classmethod.
    """

    def __init__(self, name):
        self.name = name
        self._total = 0.0
        self._count = 0

    def add(self, mean, count=1):
        self._total += mean * count
        self._count += count

    @property
    def value(self):
        if not self._total:
            raise ValueError(f"{self.name} has seen no sample")
        return self._total / self._count

    @classmethod
    def of(cls, name, values):
        meter = cls(name)
        for value in values:
            meter.add(value)
        return meter

    def __len__(self):
        return self._count

    def __repr__(self):
        content = f"{self.value:.4f} after {len(self)}" if len(self) else "empty"
        return f"{type(self).__name__}({self.name!r}, {content})"
