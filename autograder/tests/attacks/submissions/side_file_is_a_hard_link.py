"""
tries = "write into a neighbour's file and the gradebook by hard links to them"
category = "files"
"""

# %% extra
import os
for name in ("neighbour.txt", "gradebook.db"):
    if os.path.exists(name):
        os.chmod(name, 0o777)
        with open(name, "r+b") as file:
            file.write(b"pwned")
            file.truncate(5)

# %% folder
# a link cannot be made to a file of somebody else's: that the attacker has one is more than he can get. What it holds
# he has then read already, so these hold no secret of the world's
for name in ("neighbour.txt", "gradebook.db"):
    own = folder.parents[1] / "world" / "linked"
    own.mkdir(parents=True, exist_ok=True)  # of the graders that this meets, not all have a world there
    (own / name).write_text("as it was")
    (folder / name).hardlink_to(own / name)
