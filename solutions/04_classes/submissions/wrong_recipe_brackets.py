"""
part = "recipe"
verdict = "wrong"
misconception = "any string is JSON"
see = "cell:recipe_seen"
"""

# %% recipe
@dataclass
class Recipe:
    name: str
    epochs: int = 3
    rate: float = 0.1
    sizes: list = field(default_factory=lambda: [784, 32, 10])

    def __post_init__(self):
        if self.epochs < 1 or not self.rate > 0:
            raise ValueError(self.name)
        self.sizes = list(self.sizes)

    def changed(self, **changes):
        return replace(self, **changes)

    def to_json(self):
        return "[" * 100_000

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))
