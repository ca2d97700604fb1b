"""Which formats a check can read, and how a student is told what is wrong with a file.

A sentence holds none of a file's contents, since a hidden input could have been written into it.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

__all__ = ["complaint", "format_of"]

SUFFIXES = {
    **{f".{kind}": kind for kind in ("avi", "bmp", "csv", "idx", "json", "mkv", "mp4", "npy", "npz", "png", "pt")},
    ".jpeg": "jpg",
    ".jpg": "jpg",
    ".pth": "pt",
    ".txt": "txt",
}
UBYTE = re.compile(r"[-.]idx[0-9]+-ubyte$")
FORMATS = {
    "avi": "AVI clip",
    "bmp": "BMP picture",
    "csv": "CSV",
    "idx": "IDX file",
    "jpg": "JPEG picture",
    "json": "JSON",
    "mkv": "Matroska clip",
    "mp4": "MP4 clip",
    "npy": ".npy file",
    "npz": ".npz file",
    "png": "PNG picture",
    "pt": "file of weights",
    "txt": "UTF-8 text",
}
LOOKS = {
    "AVI": "an AVI clip",
    "BMP": "a BMP picture",
    "IDX": "an IDX file",
    "JPEG": "a JPEG picture",
    "text": "text",
    "Matroska": "a Matroska clip",
    "NPY": "a .npy file",
    "PNG": "a PNG picture",
    "gzip": "gzip data",
    "pickle": "a pickle",
    "zip": "a zip archive",
}
PROBLEMS = {
    "missing": "is missing",
    "file": "is a file: expected a folder",
    "folder": "is a folder: expected a file",
    "link": "is a link: expected the thing itself",
    "other": "is no regular file",
    "unreadable": "cannot be opened for reading",
    "many": "holds more files than any answer needs",
    "large": "is larger, or unpacks to more, than any answer needs",
    "deep": "is nested too deeply",
    "empty": "is empty",
    "format": "has a name that tells no format",
    "packed": "is no gzip data{looks}",
    "magic": "is no {format}{looks}",
    "header": "has a header that no {format} can have",
    "truncated": "is cut off: there is less data than its header says",
    "trailing": "is longer than its header says",
    "dtype": "holds values that are no plain numbers",
    "pickle": "holds pickled Python objects: expected plain numbers",
    "weights": "holds something else than tensors and plain values, or is cut off{looks}",
    "encoding": "is no UTF-8 text{looks}",
    "syntax": "is no valid {format}",
    "constant": "holds NaN or Infinity, which JSON does not know",
    "frames": "holds no frame that can be decoded",
    "sizes": "holds frames of different sizes",
    "broken": "cannot be decoded as {format}",
    "timeout": "takes too long to decode",
    "memory": "takes too much memory to decode",
    "crashed": "cannot be decoded as {format}",
    "refused": "decodes to something that is no plain value",
}
"""What may be wrong with a file, by the word that the sandbox has for it."""


def format_of(name: str) -> str:
    """Return the format that a file's name tells, such as `npy` or `idx.gz`; empty where it tells none."""
    path = PurePosixPath(name)
    packed = ".gz" if path.suffix == ".gz" else ""
    plain = path.with_suffix("") if packed else path
    kind = "idx" if UBYTE.search(plain.name) else SUFFIXES.get(plain.suffix.lower(), "")
    return kind + packed if kind else ""


def complaint(word: object, kind: str, looks: str) -> str:
    """Return what follows a file's name in the sentence; an unknown word means that no plain value came."""
    sentence = PROBLEMS.get(word, PROBLEMS["refused"]) if isinstance(word, str) else PROBLEMS["refused"]
    expected = FORMATS.get(kind.partition(".")[0], "file")
    return sentence.format(format=expected, looks=f": it begins like {LOOKS[looks]}" if looks in LOOKS else "")
