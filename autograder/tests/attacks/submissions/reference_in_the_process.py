"""
tries = "find the reference in modules, linecache, import paths and code objects"
category = "secrets"
"""

# %% extra
import gc, importlib, linecache, sys, types

for name in ("checks", "probes", "notebook", "reference", "reference_01_arena", "solutions", "autograder.grade.examiner", "autograder.grade.judge"):
    try:
        module = importlib.import_module(name)
        print("LEAK" if hasattr(module, "softmax") or any(isinstance(v, str) and "solutions/" in v for v in vars(module).values()) else "none")
    except Exception as error:
        print(type(error).__name__)
mine = "secret " + "of its own"
print("LEAK" if any("solutions/01" in path for path in [*linecache.cache, *sys.path]) else "none")
codes = [o for o in gc.get_objects() if isinstance(o, types.FunctionType) and "solutions" in o.__code__.co_filename]
print("LEAK" if codes else "none")
