"""The order in which a machine is examined."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coursedata.console import Row
from coursedata.doctor import libraries, machine

__all__ = ["examine"]

EXAMINATIONS: tuple[Callable[[], list[Row]], ...] = (
    machine.python,
    machine.place,
    libraries.packages,
    libraries.imports,
    libraries.torch_device,
    libraries.jupyter,
    libraries.plots,
    machine.memory,
    machine.disk,
    machine.writing,
    machine.downloads,
)


def examine() -> Iterator[Row]:
    """Yield one row a finding; an examination that fails is itself a finding, and never stops the others."""
    for examination in EXAMINATIONS:
        try:
            yield from examination()
        except Exception as error:  # noqa: BLE001  (a broken machine may raise anything, and this is what we look for)
            name = examination.__name__.replace("_", " ")
            yield Row("problem", name, f"{type(error).__name__}: {error}", "Send this line to your instructor.")
