"""
tries = "hand in a zip, a gzip and a pickle under the notebook's name"
category = "files"
"""

# %% folder
import gzip, json, zipfile
zipfile.ZipFile(path, "w").writestr("01_arena.ipynb", json.dumps({"cells": []}))
(folder / "01_arena.ipynb.gz").write_bytes(gzip.compress(b'{"cells": []}'))
