"""
part = "recipe"
verdict = "wrong"
misconception = "what is not above 0 is 0 or below it"
see = "cell:recipe_seen"
"""

# %% recipe
@dataclass
class Recipe:
    """The settings of a run."""

    name: str
    epochs: int = 3
    rate: float = 0.1
    sizes: list = field(default_factory=lambda: [784, 32, 10])

    def __post_init__(self):
        if self.epochs < 1:
            raise ValueError("a recipe needs at least one epoch")
        if self.rate <= 0:
            raise ValueError("the rate must be above 0")
        self.sizes = list(self.sizes)

    def changed(self, **changes):
        return replace(self, **changes)

    def to_json(self):
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))
