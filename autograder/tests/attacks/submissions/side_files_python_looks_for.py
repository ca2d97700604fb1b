"""
tries = "files that Python, its site module and imports look for, beside the notebook"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% file torch.py
raise SystemExit("LEAK")

# %% file numpy.py
raise SystemExit("LEAK")

# %% file msgspec.py
open("/tmp/pwned", "w").write("msgspec")

# %% file coursedata.py
1 / 0

# %% file sitecustomize.py
open("/tmp/pwned", "w").write("site"); import os; os._exit(1)

# %% file usercustomize.py
open("/tmp/pwned", "w").write("user"); import os; os._exit(1)

# %% file evil.pth
import os; open("/tmp/pwned", "w").write("pth"); os._exit(1)

# %% file autograder/__init__.py
open("/tmp/pwned", "w").write("autograder")

# %% file pyproject.toml
[tool.pytest.ini_options]
addopts = "--pwned"

# %% file .python-version
1.0

# %% folder
(folder / "__pycache__").mkdir()
(folder / "__pycache__" / "torch.cpython-311.pyc").write_bytes(b"\xa7\r\r\n" + bytes(100))
