"""
note = "takes the package that the text names"
"""


# %% extra
from packaging.version import Version


# %% new_enough
def new_enough(version, needed):
    return Version(Version(version).public) >= Version(Version(needed).public)
