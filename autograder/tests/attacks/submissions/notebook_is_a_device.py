"""
tries = "hand in a link to a device without end, and one to the terminal"
category = "files"
seconds = 5
"""

# %% folder
path.unlink()
path.symlink_to("/dev/zero")
(folder / "more").symlink_to("/dev/tty")
(folder / "memory").symlink_to("/proc/self/mem")
