"""
tries = "links to neighbours, to the system's secrets, upwards and in a circle, as side files"
category = "files"
"""

# %% extra
import os
for top, folders, names in os.walk("."):
    print(top, folders, names)
    for name in names:
        print(open(os.path.join(top, name), errors="replace").read(200))
print("LEAK" if os.path.lexists("shadow") or os.path.lexists("world") else "none")

# %% folder
for name, target in {
    "neighbour.txt": folder.parents[1] / "world/neighbour/neighbour.txt",
    "world": folder.parents[1] / "world",
    "shadow": "/etc/shadow",
    "environ": "/proc/self/environ",
    "up": "..",
    "circle": "circle",
    "a": "b",
    "b": "a",
}.items():
    (folder / name).symlink_to(target)
