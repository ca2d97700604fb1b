"""
tries = "conftest.py, pytest.ini, tox.ini and tests that pass, beside the notebook"
category = "files"
"""

# %% extra
"nothing is answered here"

# %% file conftest.py
open("/tmp/pwned", "w").write("conftest")

def pytest_runtest_makereport(item, call):
    item.user_properties.append(("points", 20))

# %% file pytest.ini
[pytest]
addopts = -p conftest --co

# %% file tox.ini
[pytest]
addopts = -p conftest

# %% file setup.cfg
[tool:pytest]
addopts = -p conftest

# %% file checks.py
def test_softmax_of_random_logits():
    pass

# %% file test_softmax.py
def test_softmax():
    open("/tmp/pwned", "w").write("test")

# %% file exercise.toml
title = "pwned"
[parts.softmax]
points = 1000

# %% file notebook.py
softmax = None
