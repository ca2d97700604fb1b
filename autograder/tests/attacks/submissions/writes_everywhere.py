"""
tries = "write into the installation, caches, system folders and devices"
category = "neighbours"
"""

# %% extra
import os, site, sys, pathlib
import autograder

targets = [
    *site.getsitepackages(),
    "/",
    "/usr",
    "/etc",
    "/dev",
    "/proc",
    os.path.abspath(autograder.__file__ + "/../../../.."),
    os.path.dirname(os.__file__),
    "/root",
    "/var/tmp",
    "/sys/fs/cgroup",
    "/home",
    os.path.dirname(os.__file__) + "/__pycache__",
]
for target in targets:
    try:
        (pathlib.Path(target) / "pwned").write_text("x")
        print("wrote", target)
    except OSError as e:
        pass
for name in ("/etc/passwd", sys.executable, os.__file__, "/dev/null"):
    try:
        os.chmod(name, 0o777)
        print("LEAK chmod", name)
    except OSError:
        pass
