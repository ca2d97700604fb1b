"""
part = "meter"
verdict = "wrong"
misconception = "a property that is there is right"
see = "cell:meter_seen"
"""

# %% meter
class Meter:
    def __init__(self, name):
        self.name = name

    def add(self, mean, count=1):
        pass

    @property
    def value(self):
        raise ValueError(self.name)

    @classmethod
    def of(cls, name, values):
        return cls(name)

    def __len__(self):
        return 0
