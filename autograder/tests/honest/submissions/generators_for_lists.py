"""
note = "generators, map and zip where a list would do"
"""

# %% cipher
class cipher:
    def encode(self, numbers):
        yield from (n * n + 3 * place for place, n in enumerate(numbers))

    def decode(self, numbers):
        return map(lambda pair: round((pair[1] - 3 * pair[0]) ** 0.5), enumerate(numbers))
