"""Let `import torchvision` work beside a CPU build of torch, whose torchvision may lack its compiled operators.

Such a torchvision fails at import, because it describes two operators (`nms`, `qnms`) that nobody declared. Declaring
them is enough for `datasets`, `transforms.v2` and `models`; image codecs and detection models stay without their
compiled parts. `make setup` installs this file into the environment only where the import fails for that reason, and
there it acts only when torchvision is imported and its operators really cannot be loaded: with another build of torch
nothing changes.

It is copied beside the other packages so that it works wherever the environment is visible, also inside the sandbox;
therefore it imports nothing of ours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["FAULT", "install", "remove", "watch"]

FAULT = "operator torchvision::nms does not exist"
"""What torchvision's import says when its operators are missing."""

INSTALLED_NAME = "_t2p_torchvision_ops"
SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
NEEDED = "import torchvision, torchvision.datasets, torchvision.models, torchvision.transforms.v2"

_declared: list[Any] = []  # torch forgets the operators when the library object goes


def watch() -> None:
    """Have the operators declared when torchvision is imported, not before: torch takes seconds to import."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder:
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != "torchvision":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        _declare_missing_operators(Path(self.path).parent)
        super().exec_module(module)


def _declare_missing_operators(package: Path) -> None:
    try:
        import torch
    except ImportError:
        return  # torchvision's own import says it better
    if _declared or any(_loads(torch, library) for library in package.glob("_C*.so")):
        return
    library = torch.library.Library("torchvision", "DEF")  # type: ignore[no-untyped-call,unused-ignore]
    for schema in SCHEMAS:
        library.define(schema)  # type: ignore[no-untyped-call,unused-ignore]
    _declared.append(library)


def _loads(torch: ModuleType, library: Path) -> bool:
    try:
        torch.ops.load_library(str(library))
    except (OSError, ImportError):
        return False
    return True


def install(site_packages: Path) -> bool:
    """Install the declaration if torchvision's import needs it; return whether it does.

    Raises:
        RuntimeError: torchvision cannot be imported for another reason; the message is the import's own.
    """
    remove(site_packages)
    if not _import_fault():
        return False
    shutil.copyfile(__file__, site_packages / f"{INSTALLED_NAME}.py")
    line = f"import {INSTALLED_NAME}; {INSTALLED_NAME}.watch()\n"
    (site_packages / f"{INSTALLED_NAME}.pth").write_text(line, encoding="utf-8")
    if fault := _import_fault():
        remove(site_packages)
        raise RuntimeError(fault)
    return True


def remove(site_packages: Path) -> None:
    """Take away what `install` put there."""
    for suffix in (".pth", ".py"):
        (site_packages / f"{INSTALLED_NAME}{suffix}").unlink(missing_ok=True)


def _import_fault() -> str:
    done = subprocess.run([sys.executable, "-c", NEEDED], capture_output=True, text=True, check=False)
    if done.returncode and FAULT not in done.stderr:
        raise RuntimeError(done.stderr)
    return done.stderr if done.returncode else ""


def _main() -> int:
    try:
        needed = install(Path(sysconfig.get_path("purelib")))
    except RuntimeError as error:
        last = str(error).strip().splitlines()[-1]
        print(f"torchvision cannot be imported: {last}", file=sys.stderr)
        return 1
    state = "its two missing operators are declared when it is imported" if needed else "works as it is"
    print(f"torchvision: {state}")
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
