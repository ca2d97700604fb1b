"""What the two worlds say to each other, typed. Everything here is plain data."""

from __future__ import annotations

import builtins
from collections.abc import Collection
from typing import Annotated, Any, Literal

import msgspec

from autograder.plain import visible
from autograder.sandbox.frames import ProtocolError

__all__ = [
    "BESIDE",
    "FORK",
    "Cell",
    "CellDone",
    "Decode",
    "Display",
    "Failure",
    "Program",
    "Step",
    "StudentError",
    "read",
    "write",
]


MOST_DISPLAYS = 1000
"""Of one cell, more than a worker ever keeps: a message is refused before millions of them are built."""
FORK = b"fork"
"""Asks a finished notebook for a fork, when all that were asked for before are done with."""
BESIDE = b"beside"
"""Asks for one more while the fork that FORK gave is kept."""


class Cell(msgspec.Struct, frozen=True):
    """A code cell to run."""

    id: str
    source: str
    skip: bool = False
    """Left out because it ended the process in an earlier run of the same submission."""
    own: bool = False
    """Whether the text is the student's."""


class Program(msgspec.Struct, frozen=True, tag=True):
    """A rebuilt notebook and what it may use."""

    cells: list[Cell]
    threads: int
    cell_cpu_seconds: float
    check_cpu_seconds: float
    wall_factor: float
    memory_bytes: int
    files_bytes: int
    processes: int
    output_bytes: int
    files: dict[str, bytes] = {}
    """Side files, by their path relative to the work folder."""
    given_classes: list[str] = []
    """Names of the classes that the exercise itself defines: a student may be told them."""


class Decode(msgspec.Struct, frozen=True, tag=True):
    """Files to decode, in a process that runs no program."""

    files: list[tuple[str, bytes]]
    """Format (see `autograder.sandbox.decode.DECODERS`; with `.gz` where it is packed) and content of each."""
    room: int
    """Bytes that the answers may have together."""


class Display(msgspec.Struct, frozen=True):
    """One output as the worker captured it: not believed, not shown before it was reduced."""

    kind: Literal["text", "error", "picture"]
    text: str = ""
    pixels: bytes = b""
    """An encoded (height, width, 3) array: the trusted side never parses a picture's format."""


class CellDone(msgspec.Struct, frozen=True):
    """A cell has ended; `status` is the worker's word."""

    id: str
    status: Literal["passed", "raised", "timeout", "memory", "output_limit"]
    displays: Annotated[list[Display], msgspec.Meta(max_length=MOST_DISPLAYS)] = []
    cpu_seconds: float = 0.0
    """What the cell spent, by the worker's word: for statistics, never for points."""
    exhausted: bool = False
    """The cell failed and holds so much of something that what follows it could not run."""


class Step(msgspec.Struct, frozen=True):
    """One thing to do with objects inside the sandbox; its arguments are an encoded (args, kwargs)."""

    action: Literal["call", "make", "method", "get", "index", "grad", "probe", "events", "observe", "spent", "file"]
    name: str = ""
    arguments: bytes = b""
    target: int = -1
    """Number of a handle, for method, get, index and grad."""


class Failure(msgspec.Struct, frozen=True):
    """Why a request has no value; the worker's word, for staff, but for type, line and kind."""

    kind: Literal["raised", "missing", "timeout", "memory", "refused"]
    type_names: list[str] = []
    """The exception's class and its bases, nearest first."""
    line: int = 0
    """Line of the student's own cell, 1-based; 0 when unknown."""
    cell: str = ""
    detail: str = ""


KNOWN_EXCEPTIONS = frozenset(
    {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)}
    | {"AxisError", "DataError", "DTypePromotionError", "EinopsError", "FrozenInstanceError", "InvalidOperation"}
    | {"JSONDecodeError", "LinAlgError", "OutOfMemoryError", "PicklingError", "UnpicklingError", "StatisticsError"}
    | {"binascii.Error", "csv.Error", "cv2.error", "re.error", "shutil.Error", "struct.error", "zlib.error"}
)
"""Names that a student may be shown: a submission chooses the name of its own class, and could write what a hidden
call was given into it."""
LINES = 5000


class StudentError(Exception):
    """The student's code did not return a value; what it printed and said stays with staff."""

    def __init__(self, failure: Failure, given_classes: Collection[str] = ()) -> None:
        """Keep what came instead of a value; `given_classes` are those of the exercise's own cells."""
        text = f"{failure.kind}: {', '.join(failure.type_names[:1])} {failure.detail}"
        super().__init__(visible(text.strip()))  # a traceback shows it on a terminal
        self.failure = failure
        self.given_classes = given_classes

    @property
    def type_names(self) -> list[str]:
        """Names of the exception's class and its bases."""
        return self.failure.type_names

    @property
    def type_name(self) -> str:
        """Name of the exception's class, or of its nearest base that is no class of the student's."""
        known = (name for name in self.type_names if name in KNOWN_EXCEPTIONS or name in self.given_classes)
        return next(known, "an exception")

    @property
    def line(self) -> int:
        """Line of the student's own cell in which it was raised."""
        return self.failure.line if 0 < self.failure.line <= LINES else 0

    @property
    def missing(self) -> bool:
        """Whether the part was not written at all."""
        return self.failure.kind == "missing"


def write(message: Any) -> bytes:
    """Return a struct of this module as bytes."""
    return msgspec.msgpack.encode(message)


def read(data: bytes, kind: Any) -> Any:
    """Return the struct of type `kind` in `data`; raises ProtocolError when it is none."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError, MemoryError) as error:
        text = f"undecodable message: {type(error).__name__}"
        raise ProtocolError(text) from error
