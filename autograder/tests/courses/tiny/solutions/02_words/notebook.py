# %% [markdown]
r"""
# Words

[[points]] points, [[minutes]] minutes. The text to count lies beside this notebook, in `words.txt`.
"""

# %% read kind="setup"
from pathlib import Path

# %% [markdown]
r"""
## A tally

[[tally]]

An object that counts words, one at a time.
"""


# %% tally kind="solution"
class tally:
    """Counts words: `add(word)` counts one, `count(word)` says how often it came; capitals do not matter."""

    def __init__(self):
        """Begin with no word counted."""
        # BEGIN SOLUTION
        self.counted = {}
        # END SOLUTION

    def add(self, word):
        """Count `word` once more."""
        # BEGIN SOLUTION
        lowered = word.lower()
        self.counted[lowered] = self.counted.get(lowered, 0) + 1
        # END SOLUTION

    def count(self, word):
        """Return how often `word` was added, 0 for a word that never came."""
        # BEGIN SOLUTION
        return self.counted.get(word.lower(), 0)
        # END SOLUTION


# %% tally_seen kind="example"
text = Path("words.txt").read_text(encoding="utf-8")
# %timeit -n 10 -r 1 -q text.split()
len(text.split())
