"""
tries = "nbgrader's and Jupyter's settings, a checkpoint of the notebook and a second notebook, beside it"
category = "files"
"""

# %% extra
"nothing is answered here"

# %% file nbgrader_config.py
open("/tmp/pwned", "w").write("nbgrader")
c = get_config()
c.ExecutePreprocessor.enabled = False

# %% file jupyter_config.py
open("/tmp/pwned", "w").write("jupyter")

# %% file .ipython/profile_default/startup/00-first.py
open("/tmp/pwned", "w").write("ipython")
print("LEAK")

# %% file ipython_config.py
c.InteractiveShellApp.exec_lines = ["print('LEAK')"]

# %% file timestamp.txt
1970-01-01 00:00:00 UTC

# %% folder
import json, shutil
solved = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "unit"}}, "source": "unit = lambda x: x / x.norm()", "outputs": []}]}
(folder / ".ipynb_checkpoints").mkdir()
for name in (".ipynb_checkpoints/01_arena-checkpoint.ipynb", "01_Arena.ipynb", "01_arena.ipynb.ipynb", "01_arena (1).ipynb"):
    (folder / name).write_text(json.dumps(solved))
