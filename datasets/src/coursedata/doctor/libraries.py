"""What is installed: packages against their lower bounds, and whether they work."""

from __future__ import annotations

import contextlib
import importlib
import sys
import warnings
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from coursedata.console import Row

__all__ = ["imports", "jupyter", "packages", "plots", "this_python", "torch_device"]

STANDS_FOR = {"opencv-python": ("opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless")}
"""Distributions that give the same module as the one we ask for."""
WORKING = {"torch": "torch", "torchvision": "torchvision", "cv2": "opencv-python", "scipy.signal": "scipy"}
"""Modules whose compiled part fails on some machines, and the packages they come in."""


def this_python() -> str:
    """Return how this Python is called in a terminal: another one that is called `python` has none of our packages."""
    with contextlib.suppress(ValueError):
        return str(Path(sys.executable).relative_to(Path.cwd()))
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable


def packages() -> list[Row]:
    """Return a row for each required package: its version, and how to get it where it is missing or too old."""
    wanted = [Requirement(line) for line in metadata.requires("coursedata") or ()]
    rows = [_package(wish) for wish in wanted if wish.marker is None or wish.marker.evaluate()]
    return [Row("ok", "coursedata", metadata.version("coursedata")), *rows]


def _package(wish: Requirement) -> Row:
    install = f'{this_python()} -m pip install "{wish.name}{wish.specifier}"'
    for name in (wish.name, *STANDS_FOR.get(wish.name, ())):
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if wish.specifier.contains(version, prereleases=True):
            return Row("ok", wish.name, version if name == wish.name else f"{version} ({name})")
        return Row("problem", wish.name, f"{version}, and the course needs {wish.specifier}", install)
    return Row("problem", wish.name, "not installed", install)


def imports() -> list[Row]:
    """Return a row for each package with a compiled part that cannot be imported, or one that says all can."""
    rows = []
    for module, package in WORKING.items():
        try:
            _quietly(module)
        except Exception as error:  # noqa: BLE001  (a broken library raises anything)
            text = f"import {module} fails: {type(error).__name__}: {error}"
            rows.append(Row("problem", module, text, _advice(package)))
    return rows or [Row("ok", "imports", ", ".join(WORKING) + " work")]


def _advice(package: str) -> str:
    again = f"{this_python()} -m pip install --force-reinstall {package}"
    if package == "torchvision":
        return f"torch and torchvision must be built for each other: {again} torch"
    if sys.platform == "win32" and package == "torch":
        return f"Install Microsoft's Visual C++ runtime (aka.ms/vs/17/release/vc_redist.x64.exe), then: {again}"
    if sys.platform.startswith("linux") and package == "opencv-python":
        headless = f"{this_python()} -m pip install opencv-python-headless"
        return f"Without a display take the headless one: {headless}; else: {again}"
    return again


def torch_device() -> list[Row]:
    """Return a row on where tensors can be computed: a graphics card where PyTorch sees one, else the processor."""
    torch = _quietly("torch")
    backends = {"cuda": torch.cuda, "mps": torch.backends.mps}
    kind = next((name for name, backend in backends.items() if backend.is_available()), "cpu")
    unit = (
        _card(torch) if kind == "cuda" else {"mps": "Apple's graphics"}.get(kind, f"{torch.get_num_threads()} threads")
    )
    text = f"{kind}: {unit}, PyTorch {torch.__version__}"
    (torch.ones(3, device=kind) * 2).sum().item()
    try:
        torch.from_numpy(importlib.import_module("numpy").ones(3))
    except RuntimeError as error:  # PyTorch of before NumPy 2 imports beside it, and only warns
        advice = f'PyTorch and NumPy must fit each other: {this_python()} -m pip install "numpy<2"'
        return [Row("problem", "torch device", f"PyTorch {torch.__version__} takes no arrays: {error}", advice)]
    return [Row("ok", "torch device", text + ("" if kind != "cpu" else " (the course needs no GPU)"))]


def _card(torch: Any) -> str:
    memory = torch.cuda.get_device_properties(0).total_memory / 2**30
    return f"{torch.cuda.get_device_name(0)}, {memory:.0f} GiB"


def jupyter() -> list[Row]:
    """Return a row on whether a notebook's kernel is this Python."""
    kernelspec: Any = importlib.import_module("jupyter_client.kernelspec")
    install = f"{this_python()} -m ipykernel install --sys-prefix"
    try:
        command = kernelspec.KernelSpecManager().get_kernel_spec("python3").argv[0]
    except kernelspec.NoSuchKernel:
        return [Row("problem", "Jupyter kernel", "there is no kernel named python3", install)]
    if Path(command).name.startswith("python") and not Path(command).is_absolute():
        return [Row("ok", "Jupyter kernel", "python3 is this Python")]
    # the folders alone: two environments' Pythons are links to the same file
    if Path(command).parent.resolve() != Path(sys.executable).parent.resolve():
        text = f"python3 is another Python: {command}"
        return [Row("problem", "Jupyter kernel", text, f"Packages may be missing in notebooks. Type: {install}")]
    return [Row("ok", "Jupyter kernel", "python3 is this Python")]


def plots() -> list[Row]:
    """Return a row on whether a figure with text can be drawn."""
    canvas: Any = importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg
    figure: Any = importlib.import_module("matplotlib.figure").Figure(figsize=(2, 1))
    canvas(figure)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.add_subplot().set_title("pulse ± 0.3 → 66 BPM, μ, ✓")
        figure.canvas.draw()
    if caught:
        advice = f"{this_python()} -m pip install --force-reinstall matplotlib (it brings its own fonts)"
        return [Row("note", "plots", str(caught[0].message), advice)]
    return [Row("ok", "plots", "a figure with its fonts was drawn")]


def _quietly(module: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(module)
