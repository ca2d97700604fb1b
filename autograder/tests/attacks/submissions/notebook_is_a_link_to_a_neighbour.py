"""
tries = "hand in a link to another student's file"
category = "files"
"""

# %% folder
path.unlink()
path.symlink_to(folder.parents[1] / "world/neighbour/neighbour.txt")
