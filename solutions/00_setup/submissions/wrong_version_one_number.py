"""
part = "new_enough"
verdict = "wrong"
misconception = "three places make one large number, and what stands behind them does not count"
see = "cell:new_enough_seen"
"""


# %% new_enough
def new_enough(version, needed):
    def number(text):
        major, minor, patch, *_ = [*map(int, text.split("+")[0].split(".")), 0, 0]
        return 10_000 * major + 100 * minor + patch

    return number(version) >= number(needed)
