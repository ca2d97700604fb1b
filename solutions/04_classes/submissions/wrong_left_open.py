"""
part = "meter"
verdict = "missing"
misconception = "what is not done needs no word"
see = "cell:meter_seen"
"""

# %% meter
class Meter:
    """The mean over samples that come batch by batch."""

    raise NotImplementedError("meter")
