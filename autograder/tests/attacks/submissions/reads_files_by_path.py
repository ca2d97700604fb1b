"""
tries = "open the repository, the cohort, home and the system's secrets by path"
category = "secrets"
"""

# %% extra
import re

needle = b"PLAN" + b"TED-[0-9a-f]{16}"

import os, glob
import autograder

repository = os.path.abspath(autograder.__file__ + "/../../../..")
places = [
    repository + "/solutions",
    repository + "/autograder/cohorts",
    "/root/.ssh",
    "/root/.bashrc",
    "/etc/shadow",
    "/tmp/pytest-of-root",
    "/var",
    "/run",
    "/srv",
    "/mnt",
    os.path.dirname(autograder.__file__) + "/../../cohorts",
]
for place in places:
    try:
        print("LEAK", place, os.listdir(place) if os.path.isdir(place) else open(place).read(99))
    except OSError:
        pass
