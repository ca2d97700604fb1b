"""
tries = "a key that comes twice, so that two readers of the same notebook see other cells"
category = "files"
"""

# %% extra
"what one reader sees"

# %% folder
import json
solved = json.dumps([{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "unit", "points": 99}}, "source": "def unit(x):\n    return x", "outputs": []}])
path.write_text('{"cells": ' + solved + "," + path.read_text()[1:])
