"""`fetch`: a file of the registry, from a folder, the cache or the network, and never with other bytes than known."""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from coursedata.errors import CourseDataError, DamagedFileError
from coursedata.registry import Dataset, RemoteFile, registry

__all__ = ["at_hand", "cache_folder", "fetch", "fetch_mnist", "fetch_welltory"]

TIMEOUT = 30
"""Seconds without a byte after which the next mirror is tried."""
CHUNK = 1 << 20


def fetch(
    name: str,
    *,
    cache: Path | None = None,
    known: Mapping[str, Dataset] | None = None,
    copies: str | os.PathLike[str] | None = None,
) -> Path:
    """Return the path of a data set's folder ("mnist") or of one of its files ("mnist/t10k-labels-idx1-ubyte").

    Looked for, in this order: the cache; the folder that the environment variable `T2P_DATA` names, which holds a
    folder for each data set; the official address; its mirrors. A file is handed out only when its bytes are those of
    the registry. `cache` is the folder for downloads (default: `cache_folder()`), `known` another registry, `copies` a
    folder that holds this data set's own files and is looked into instead of `T2P_DATA`.

    Raises CourseDataError when the name is unknown, no source answers or the folder for downloads cannot be written
    to (an OSError where `cache` named it), DamagedFileError when a copy is damaged.
    """
    datasets = registry() if known is None else known
    dataset, files = _find(name, datasets)
    at = None if copies is None else Path(copies)
    with _downloads(cache) as downloads:
        folder = downloads / dataset.name
        paths = [_fetch_file(dataset, file, folder, at) for file in files]
    return paths[0] if "/" in name else folder


def fetch_mnist(copies: str | os.PathLike[str] | None = None) -> Path:
    """Return a folder with MNIST's four IDX files, unpacked and verified; `copies` is a folder that holds them already.

    Without `copies` they come from the cache, from `T2P_DATA`/mnist or by download. Packed copies (`.gz`) will do.

    Raises CourseDataError when they cannot be had, DamagedFileError when a file has other bytes.
    """
    return fetch("mnist", copies=copies)


def fetch_welltory(copies: str | os.PathLike[str] | None = None) -> Path:
    """Return a folder with the 21 Welltory recordings (CC0), verified; `copies` is a folder that holds them already.

    These are fingertips on a phone's camera: contact PPG, not remote. `load_welltory` reads them.

    Raises CourseDataError when they cannot be had, DamagedFileError when a file has other bytes.
    """
    return fetch("welltory", copies=copies)


def at_hand(name: str, *, cache: Path | None = None, known: Mapping[str, Dataset] | None = None) -> dict[str, Path]:
    """Return the path of each file that `fetch` would hand out for `name`, by `DATASET/FILE`; no server is asked.

    Raises CourseDataError in one line when a file is not on this machine, DamagedFileError when a copy is damaged.
    """
    dataset, files = _find(name, registry() if known is None else known)
    with _downloads(cache) as downloads:
        folder = downloads / dataset.name
        found = {f"{dataset.name}/{file.name}": _local(dataset, file, folder) for file in files}
    for missing in (file for file, path in found.items() if path is None):
        raise CourseDataError(
            f"{missing} is not on this machine: get it by `python -m coursedata fetch {dataset.name}`, or name in "
            f"T2P_DATA a folder that holds {dataset.name}/"
        )
    return {file: path for file, path in found.items() if path is not None}


def cache_folder() -> Path:
    """Return where downloads are kept: the folder named by `T2P_CACHE`, else the system's place for caches."""
    if os.environ.get("T2P_CACHE"):
        return Path(os.environ["T2P_CACHE"]).expanduser()
    import pooch

    return Path(pooch.os_cache("coursedata"))


@contextmanager
def _downloads(cache: Path | None) -> Iterator[Path]:
    """Give the folder for downloads; where nobody named one, an error of it says how to name another."""
    folder = cache or cache_folder()
    try:
        yield folder
    except OSError as error:
        if cache is not None:
            raise
        raise CourseDataError(
            f"downloads are kept in {folder}, and that cannot be used ({error.strerror or error}): name a folder that "
            f"you may write to in the variable T2P_CACHE"
        ) from error


def _find(name: str, datasets: Mapping[str, Dataset]) -> tuple[Dataset, list[RemoteFile]]:
    head, _, tail = name.partition("/")
    dataset = datasets.get(head)
    if dataset is None:
        raise CourseDataError(f"there is no data set {head!r}; there are: {', '.join(datasets)}")
    if not tail:
        return dataset, list(dataset.files.values())
    if tail not in dataset.files:
        raise CourseDataError(f"there is no file {tail!r} in {head}; there are: {', '.join(dataset.files)}")
    return dataset, [dataset.files[tail]]


def _fetch_file(dataset: Dataset, file: RemoteFile, folder: Path, copies: Path | None) -> Path:
    target = _local(dataset, file, folder, copies)
    if target is None:
        target = folder / file.name
        _download(dataset, file, target)
    return target


def _local(dataset: Dataset, file: RemoteFile, folder: Path, copies: Path | None = None) -> Path | None:
    """Return the file's place in the cache, where it lies or a copy at hand was put, or None."""
    target = folder / file.name
    if target.is_file() and _sha256(target) == file.sha256:
        return target
    copy = _copy_at_hand(dataset, file, copies)
    if copy is None:
        return None
    if not os.access(copy, os.R_OK):
        raise CourseDataError(f"{copy} may not be read: ask whoever put it there to allow it")
    _install(copy, file, target, packed=copy.name != target.name, origin=str(copy))
    return target


def _copy_at_hand(dataset: Dataset, file: RemoteFile, copies: Path | None) -> Path | None:
    """Return the file's copy in the folder `copies` or under `T2P_DATA`, unpacked or packed, or None."""
    folder = _folder_of_copies(dataset) if copies is None else copies.expanduser()
    if folder is None:
        return None
    if copies is not None and not folder.is_dir():
        raise CourseDataError(f"there is no folder {copies}: name one that holds the files of {dataset.name}")
    names = (file.name, file.name + dataset.packed)
    return next((path for name in names if (path := folder / name).is_file()), None)


def _folder_of_copies(dataset: Dataset) -> Path | None:
    root = os.environ.get("T2P_DATA")
    if not root:
        return None
    folder = Path(root).expanduser()
    if not folder.is_dir():
        raise CourseDataError(f"T2P_DATA names {root}, and there is no such folder: correct it, or unset it")
    return folder / dataset.name


def _download(dataset: Dataset, file: RemoteFile, target: Path) -> None:
    import pooch

    fetch_url = pooch.HTTPDownloader(timeout=TIMEOUT)
    failures: list[str] = []
    damaged = False
    for source in dataset.sources:
        url = source + file.name + dataset.packed
        sys.stderr.write(f"downloading {url}\n")
        with tempfile.TemporaryDirectory(prefix="coursedata-") as scratch:
            arrived = Path(scratch) / "download"
            try:
                fetch_url(url, str(arrived), None)
            except (OSError, ValueError) as error:  # requests' exceptions are OSErrors
                failures.append(f"{url}: {error}")
                continue
            try:  # where the file cannot be put, no mirror helps
                _install(arrived, file, target, packed=bool(dataset.packed), origin=url)
            except DamagedFileError as error:
                failures.append(str(error))
                damaged = True
            else:
                return
    advice = (
        "Check the network (a campus login page, a proxy, a VPN) and try again; or get the files from somebody who has "
        f"them, put them into a folder {dataset.name}/, and name the folder above it in the variable T2P_DATA."
    )
    kind = DamagedFileError if damaged else CourseDataError
    raise kind("\n".join([f"{dataset.name}/{file.name} could not be had:", *failures, advice]))


def _install(source: Path, file: RemoteFile, target: Path, *, packed: bool, origin: str) -> None:
    """Put the file in its place when its bytes are right, in one step, so that no one ever sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            size, digest = _copy(source, out, limit=file.bytes + 1, packed=packed)
        if digest != file.sha256:
            raise DamagedFileError(_complaint(source, file, origin, size, digest))
        part.chmod(0o644)  # a shared folder serves a whole class
        part.replace(target)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DamagedFileError(
            _complaint(source, file, origin, source.stat().st_size, f"no gzip data ({error})")
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, out: BinaryIO, *, limit: int, packed: bool) -> tuple[int, str]:
    """Copy at most `limit` bytes, unpacked; return their number and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with gzip.open(source) if packed else source.open("rb") as incoming:
        while chunk := incoming.read(min(CHUNK, limit - size)):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _complaint(source: Path, file: RemoteFile, origin: str, size: int, got: str) -> str:
    return (
        f"{origin}: these are not the bytes of {file.name}\n"
        f"  expected  sha256 {file.sha256}, {file.bytes:,} bytes\n"
        f"  got       {got if ' ' in got else 'sha256 ' + got}, "
        f"{f'more than {file.bytes:,}' if size > file.bytes else f'{size:,}'} bytes\n"
        f"  done      nothing was kept; the file was not used\n"
        f"  likely    {_likely_cause(source, file, size)}"
    )


def _likely_cause(source: Path, file: RemoteFile, size: int) -> str:
    with source.open("rb") as incoming:
        start = incoming.read(512).lstrip().lower()
    if start.startswith((b"<!doctype", b"<html")):
        return "a web page came instead of the file: a login page of the network, or the address has moved"
    if size < file.bytes:
        return "the download or the copy was cut off"
    return "the file was changed at its source, or damaged on the way"
