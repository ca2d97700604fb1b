"""
part = "recipe"
verdict = "wrong"
misconception = "a copy of the recipe copies what is put into it later"
see = "cell:default_seen"
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
        other = copy.deepcopy(self)
        for key, value in changes.items():
            setattr(other, key, value)
        if other.epochs < 1 or not other.rate > 0:
            raise ValueError(f"{other.name}: epochs or rate")
        return other

    def to_json(self):
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))
