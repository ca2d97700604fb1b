"""
part = "recipe"
verdict = "wrong"
misconception = "a static method knows on which class it was called"
see = "cell:recipe_seen"
"""

# %% recipe
@dataclass
class Recipe:
    """The settings of a run.

    Fields: name: str, epochs: int = 3, rate: float = 0.1, sizes: list of int = [784, 32, 10], owned by the recipe.
    Raises: ValueError for epochs < 1 or rate not above 0.
    .changed(**changes): another Recipe; .to_json(): str; Recipe.from_json(text): a classmethod.
    """

    name: str
    epochs: int = 3
    rate: float = 0.1
    sizes: list = field(default_factory=lambda: [784, 32, 10])

    def __post_init__(self):
        if self.epochs < 1 or not self.rate > 0:
            raise ValueError(f"{self.name}: epochs {self.epochs} and rate {self.rate} must be above 0")
        self.sizes = list(self.sizes)

    def changed(self, **changes):
        return replace(self, **changes)

    def to_json(self):
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text):
        return Recipe(**json.loads(text))
