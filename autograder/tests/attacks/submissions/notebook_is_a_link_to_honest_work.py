"""
tries = "hand in a link to another student's solved notebook"
category = "files"
"""

# %% extra
"replaced below"

# %% folder
import json, sys
solved = folder / "elsewhere"
solved.mkdir()
(solved / "solved.json").write_text(json.dumps(sys.modules["tests_battery"].honest_notebook() if "tests_battery" in sys.modules else {}))
path.unlink()
path.symlink_to(solved / "solved.json")
