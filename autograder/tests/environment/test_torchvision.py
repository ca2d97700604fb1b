"""torchvision imports wherever a student's or a checker's code may import it."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder import torchvision_ops

USE = """
import torch, torchvision
from torchvision import datasets, models
from torchvision.transforms import v2
scaled = v2.ToDtype(torch.float32, scale=True)(torch.full((3, 2, 2), 255, dtype=torch.uint8))
assert scaled.eq(1).all()
assert models.resnet18().eval()(torch.zeros(1, 3, 32, 32)).shape == (1, 1000)
assert len(datasets.FakeData(size=2)) == 2
print("works")
"""
INSTALLED = Path(sysconfig.get_path("purelib"), f"{torchvision_ops.INSTALLED_NAME}.py")
needs_help = pytest.mark.skipif(not INSTALLED.exists(), reason="torchvision works here as it is")


def run(code: str, *flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *flags, "-c", code], capture_output=True, text=True, check=False)


def test_works_in_a_script() -> None:
    """datasets, transforms.v2 and models work in a new process, even where a warning is an error."""
    done = run(USE, "-W", "error")
    assert (done.stdout.strip(), done.stderr) == ("works", "")


def test_works_in_this_pytest() -> None:
    """The same in the process that runs tests."""
    import torchvision.transforms.v2

    assert torchvision.transforms.v2.Identity()(1) == 1


def test_works_in_a_jupyter_kernel() -> None:
    """The same in a kernel, as notebooks have it."""
    notebook = new_notebook(cells=[new_code_cell(USE)])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    assert notebook.cells[0].outputs[0].text == "works\n"


def test_works_in_a_forked_process() -> None:
    """The same in a fork of a process that has imported torch, as the sandbox makes them."""
    done = run(
        f"import os, torch\nif os.fork() == 0:\n    exec({USE!r})\n    os.sys.stdout.flush(); os._exit(0)\nos.wait()"
    )
    assert (done.stdout.strip(), done.stderr) == ("works", "")


def test_costs_nothing_at_start() -> None:
    """A new interpreter imports neither torch nor torchvision, and asking where torchvision lies does not either."""
    done = run("import importlib.util, sys; importlib.util.find_spec('torchvision'); print('torch' in sys.modules)")
    assert done.stdout.strip() == "False"


@needs_help
def test_installed_copy_is_this_version() -> None:
    """What set-up installed is what the repository holds."""
    assert INSTALLED.read_text() == Path(torchvision_ops.__file__).read_text()


@needs_help
def test_fails_without_it() -> None:
    """The import fails here for the reason that the module names: the help is needed, and is what helps."""
    others = "[finder for finder in sys.meta_path if 't2p' not in type(finder).__module__]"
    done = run(f"import sys; sys.meta_path[:] = {others}; import torchvision")
    assert torchvision_ops.FAULT in done.stderr


@needs_help
def test_second_import_declares_nothing_twice() -> None:
    """Importing torchvision anew, as `%autoreload` or a test may, does not declare the operators again."""
    done = run(
        "import sys, torchvision\n"
        "for name in [name for name in sys.modules if name.startswith('torchvision')]:\n    del sys.modules[name]\n"
        f"import {torchvision_ops.INSTALLED_NAME} as ops, pathlib\n"
        "ops._declare_missing_operators(pathlib.Path(torchvision.__file__).parent)\n"
        "print(len(ops._declared))"
    )
    assert done.stdout.strip() == "1"


def test_nothing_is_installed_where_the_import_works(tmp_path: Path) -> None:
    """Where `import torchvision` works, set-up leaves nothing behind, not even what an earlier one had installed."""
    for suffix in (".pth", ".py"):
        (tmp_path / f"{torchvision_ops.INSTALLED_NAME}{suffix}").touch()
    assert torchvision_ops.install(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


@needs_help
def test_loadable_operators_are_left_alone(tmp_path: Path) -> None:
    """Beside operators that load, as with a build for this torch, nothing is declared."""
    import torch

    # any library that the loader accepts stands for compiled operators
    (tmp_path / "_C.so").symlink_to(next(Path(torch.__file__).parent.glob("lib/libtorch_global_deps.so")))
    done = run(
        f"import {torchvision_ops.INSTALLED_NAME} as ops; from pathlib import Path\n"
        f"ops._declare_missing_operators(Path({str(tmp_path)!r})); print(ops._declared)"
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
