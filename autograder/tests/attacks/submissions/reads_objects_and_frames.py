"""
tries = "walk every frame and every object for secrets, checks and other students"
category = "secrets"
"""

# %% extra
import re

needle = b"PLAN" + b"TED-[0-9a-f]{16}"

import gc, sys

frames = list(sys._current_frames().values())
for frame in frames:
    while frame:
        print([m for m in re.findall(needle, repr({k: str(v)[:500] for k, v in frame.f_locals.items()}).encode())])
        frame = frame.f_back
kinds = [type(o).__name__ for o in gc.get_objects()]
print("LEAK" if {"Examiner", "LoadedCheck", "Grader", "Job", "Report", "Cohort", "_Examining"} & set(kinds) else "none")
print(
    "LEAK"
    if [m for m in sys.modules if m.startswith(("autograder.gradebook", "checks", "autograder.grade.judge"))]
    else "none"
)
print(
    *[m for o in gc.get_objects() if type(o) in (dict, list, tuple) for m in re.findall(needle, str(o)[:2000].encode())]
)
