"""
tries = "poison the caches that torch, Matplotlib, IPython, pip, fontconfig, Triton and Numba share"
category = "neighbours"
"""

# %% extra
import os, pathlib, torch, matplotlib, IPython.paths

homes = {pathlib.Path.home(), pathlib.Path("/root"), pathlib.Path(os.path.expanduser("~student")), pathlib.Path("/home/student"), pathlib.Path(matplotlib.get_cachedir()), pathlib.Path(IPython.paths.get_ipython_dir()), pathlib.Path(torch.hub.get_dir())}
outside = [p for p in homes if not str(p).startswith("/home/student")]
for home in homes:
    for name in (".ipython/profile_default/startup/pwned.py", ".cache/torch/hub/pwned", ".cache/torch/kernels/pwned", ".triton/cache/pwned", ".config/matplotlib/pwned", ".cache/fontconfig/pwned", ".local/lib/python3.11/site-packages/pwned.pth", ".pwned", ".cache/pip/pwned", ".jupyter/pwned"):
        try:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text("pwned")
            if home in outside:
                print("LEAK", home)
        except OSError:
            pass
for name, value in list(os.environ.items()):
    if "CACHE" in name or "HOME" in name:
        print(name, value)
