"""
note = "properties, slots, operators, context managers, metaclass and __getattr__"
"""

# %% extra
class Meta(type):
    def __call__(cls, *args, **kwargs):
        return super().__call__(*args, **kwargs)


# %% tally
class tally(metaclass=Meta):
    __slots__ = ("__counts", "__dict__")

    def __init__(self, *words, **options):
        self.__counts = dict.fromkeys(words, 1)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __getattr__(self, name):
        if name.startswith("n_"):
            return self.count(name[2:])
        raise AttributeError(name)

    def __iadd__(self, word):
        self.add(word)
        return self

    def __len__(self):
        return sum(self.__counts.values())

    def __bool__(self):
        return False

    def __eq__(self, other):
        return NotImplemented

    __hash__ = None

    def __repr__(self):
        raise RuntimeError("not to be printed")

    @property
    def words(self):
        return sorted(self.__counts)

    def add(self, word):
        self.__counts[word] = self.__counts.get(word, 0) + 1

    def count(self, word):
        return self.__counts.get(word, 0)
