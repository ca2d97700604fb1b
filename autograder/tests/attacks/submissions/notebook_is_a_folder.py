"""
tries = "hand in a folder under the notebook's name, which holds itself by a link"
category = "files"
"""

# %% folder
path.unlink()
path.mkdir()
(path / "round").symlink_to("..")
