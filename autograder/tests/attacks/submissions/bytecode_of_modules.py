"""
tries = "replace compiled modules of the installation, and let Python write them for a module of the grader"
category = "neighbours"
"""

# %% extra
import importlib.util, os, py_compile, shutil, sys
import autograder.sandbox.worker as worker, json, numpy

sys.dont_write_bytecode = False
for module in (worker, json, numpy):
    cached = importlib.util.cache_from_source(module.__file__)
    for way in (
        lambda: py_compile.compile(__import__("tempfile").mkstemp()[1], cfile=cached, doraise=True),
        lambda: os.replace("/dev/null", cached),
        lambda: os.utime(module.__file__),
        lambda: open(module.__file__, "a").write("\n"),
        lambda: os.link(module.__file__, os.path.dirname(module.__file__) + "/pwned"),
        lambda: shutil.rmtree(os.path.dirname(cached)),
    ):
        try:
            way()
            print("LEAK", cached)
        except (OSError, py_compile.PyCompileError):
            pass
