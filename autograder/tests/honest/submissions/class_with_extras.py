"""
note = "a class with a base, slots, extra methods and class attributes"
"""

# %% extra
import abc, dataclasses


class Base(abc.ABC):
    @abc.abstractmethod
    def add(self, word): ...


# %% tally
@dataclasses.dataclass
class tally(Base):
    words: list = dataclasses.field(default_factory=list)
    made = 0

    def __post_init__(self):
        type(self).made += 1

    def add(self, word):
        self.words = [*self.words, word]
        return self

    def count(self, word):
        return self.words.count(word)
