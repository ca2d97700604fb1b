"""
tries = "read secrets at the very paths where they lie, by every way there is to open a file"
category = "secrets"
"""

# %% extra
import ctypes, glob, mmap, os, subprocess

room = "@ROOM@"
places = [f"{room}/{name}" for name in ("world/file/file.txt", "world/neighbour/neighbour.txt", "world/gradebook/gradebook.txt", "world/gradebook/gradebook.db", "world/descriptor/descriptor.txt")]
ways = [
    lambda p: open(p, "rb").read(),
    lambda p: subprocess.run(["cat", p], capture_output=True).stdout,
    lambda p: open(f"/proc/1/root{p}", "rb").read(),
    lambda p: open(f"/proc/self/cwd/../../..{p}", "rb").read(),
    lambda p: open(f"/.keep/..{p}", "rb").read(),
    lambda p: open(os.path.realpath("/proc/self/exe") + "/../../../.." + p, "rb").read(),
    lambda p: glob.glob(os.path.dirname(p) + "/*"),
    lambda p: os.stat(p),
]
for place in places:
    for way in ways:
        try:
            found = way(place)
            print("LEAK" if found else "", found)
        except OSError:
            pass
print(os.environ.get("PLANTED_TOKEN"), os.environ.get("T2P_PLANTED"))
