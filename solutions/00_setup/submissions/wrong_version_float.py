"""
part = "new_enough"
verdict = "wrong"
misconception = "a version is a decimal number"
see = "cell:versions_seen"
"""


# %% new_enough
def new_enough(version, needed):
    def number(text):
        major, _, rest = text.partition("+")[0].partition(".")
        return float(major + "." + rest.replace(".", ""))

    return number(version) >= number(needed)
