"""
tries = "pytest, assertion rewriting and AssertionError are replaced"
category = "results"
"""

# %% extra
import builtins, sys


class Never(Exception):
    pass


builtins.AssertionError = Never
try:
    import pytest, _pytest.python, _pytest.assertion.rewrite as rewrite

    pytest.fail = pytest.raises = lambda *a, **k: None
    _pytest.python.pytest_pyfunc_call = lambda *a, **k: True
    rewrite.AssertionRewritingHook.exec_module = lambda *a: None
except ImportError:
    pass


def cheat(*_):
    return 1


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
