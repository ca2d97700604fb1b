"""Hidden checks of 02_words."""

from autograder.checks import check
from autograder.compare import matches

WORDS = ["pulse", "Pulse", "frame", "green", "PULSE", "tensor"]


@check("tally", weight=3, hint="Keep a dict from word to number.", see="slide:a-tally")
def test_counts_many_words(student, reference, rng):
    """Every word is counted as often as it came, capitals or not."""
    words = [WORDS[place] for place in rng.integers(0, len(WORDS), 15)]
    mine, theirs = student.make("tally"), reference.tally()
    for word in words:
        mine.add(word)
        theirs.add(word)
    matches([mine.count(word) for word in WORDS], [theirs.count(word) for word in WORDS])


@check("tally", hint="`dict.get` takes a default.", see="slide:a-tally")
def test_unknown_word_counts_zero(student, reference, rng):
    """A word that never came counts 0."""
    mine = student.make("tally")
    matches(mine.count("never" + str(rng.integers(100))), 0)
