"""What a reader can get out of a file that is to be published: its texts, layer by layer, each with its place."""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import io
import json
import logging
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from autograder.errors import UserError

__all__ = ["Reader", "Text"]

DEEPEST = 5
"""Archives in archives beyond this depth are refused: nobody can say what is in them."""
TARS = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2", ".ttf", ".otf", ".ico", ".mp4", ".webm")
DATA_URI = re.compile(r"data:(?P<mime>[\w.+-]+/[\w.+-]+)?(?P<options>(?:;[\w=.+-]+)*),(?P<data>[^\s\"'<>)]*)")
TAG = re.compile(r"<[^<>]*>")
COMMENT = re.compile(r"(?m)\s*#.*$")
ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
TEXT_MIMES = ("text/", "application/json", "application/javascript", "image/svg", "application/x", "application/vnd")


@dataclass(frozen=True)
class Text:
    """One text of a published file."""

    place: str
    """The file, what it lies in, and where in it, for a person."""
    text: str
    lined: bool = True
    """Whether line numbers of `text` are those of the file."""


class Reader:
    """Yields the texts of files; what it has already read under another name is not read again."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: set[bytes] = set()

    def texts(self, path: Path, name: str) -> Iterator[Text]:
        """Yield the texts of one file, which messages call `name`; raises UserError when it cannot be looked into."""
        yield Text(f"the name of {name}", name, lined=False)
        yield from self._of_bytes(path.read_bytes(), name, 0)

    def _of_bytes(self, data: bytes, name: str, depth: int) -> Iterator[Text]:
        digest = hashlib.sha256(data).digest()
        if digest in self._read:
            return
        self._read.add(digest)
        if depth > DEEPEST:
            raise UserError(f"{name} lies more than {DEEPEST} archives deep and cannot be looked into: unpack it")
        lower = name.lower()
        if data.startswith(b"PK\x03\x04"):
            yield from self._of_zip(data, name, depth)
        elif lower.endswith(TARS) or data.startswith(b"\x1f\x8b"):
            yield from self._of_tar(data, name, depth)
        elif data.startswith(b"%PDF"):
            yield from self._of_pdf(data, name, depth)
        elif lower.endswith(PICTURES):
            # Pictures and fonts: only what stands in them as plain letters, for example a caption in the metadata.
            yield Text(name, re.sub(r"[^\x20-\x7e]+", "\n", data.decode("latin-1")), lined=False)
        else:
            text = data.decode("utf-8", "replace")
            if lower.endswith(".ipynb"):
                yield from _of_notebook(text, name)
            yield from _layers(Text(name, text))

    def _of_zip(self, data: bytes, name: str, depth: int) -> Iterator[Text]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield Text(f"{name}, comment", archive.comment.decode("utf-8", "replace"), lined=False)
                for entry in archive.infolist():
                    inner = f"{name} → {entry.filename}"
                    yield Text(f"the name of {inner}", entry.filename, lined=False)
                    yield from self._of_bytes(archive.read(entry), inner, depth + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise UserError(f"{name} cannot be looked into ({error}): take it out of what is published") from error

    def _of_tar(self, data: bytes, name: str, depth: int) -> Iterator[Text]:
        try:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                for entry in archive.getmembers():
                    inner = f"{name} → {entry.name}"
                    yield Text(f"the name of {inner}", entry.name, lined=False)
                    stream = archive.extractfile(entry) if entry.isfile() else None
                    if stream:
                        yield from self._of_bytes(stream.read(), inner, depth + 1)
        except (tarfile.TarError, OSError) as error:
            raise UserError(f"{name} cannot be looked into ({error}): take it out of what is published") from error

    def _of_pdf(self, data: bytes, name: str, depth: int) -> Iterator[Text]:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            document = PdfReader(io.BytesIO(data))
            yield Text(f"{name}, metadata", str(document.metadata), lined=False)
            for number, page in enumerate(document.pages, 1):
                notes = [str(note.get_object().get("/Contents", "")) for note in page.get("/Annots") or ()]
                text = "\n".join([page.extract_text(), *notes])
                yield from _layers(Text(f"{name}, page {number}", text, lined=False))
            attached = [(title, each) for title, versions in document.attachments.items() for each in versions]
        except (PyPdfError, KeyError, ValueError, TypeError) as error:
            raise UserError(f"{name} cannot be looked into ({error}): build it again") from error
        for title, content in attached:
            yield from self._of_bytes(content, f"{name} → {title}", depth + 1)


def _of_notebook(text: str, name: str) -> Iterator[Text]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name} is not a notebook ({error}): build it again") from error
    if not isinstance(notebook, dict):
        return
    for number, cell in enumerate(notebook.get("cells") or (), 1):
        if not isinstance(cell, dict):
            continue
        title = (cell.get("metadata") or {}).get("nbgrader", {}).get("grade_id") or cell.get("id") or number
        for key, value in cell.items():
            where = f"{name}, cell {title!r}" + ("" if key == "source" else f", {key}")
            yield from _of_json(value, where)
    yield from _of_json({key: value for key, value in notebook.items() if key != "cells"}, f"{name}, metadata")


def _of_json(value: Any, place: str) -> Iterator[Text]:
    """Yield the strings inside JSON data; a list of strings is one text, as Jupyter writes several lines."""
    if isinstance(value, str):
        yield from _layers(Text(place, value, lined=False))
    elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        yield from _layers(Text(place, "".join(value), lined=False))
        yield Text(place, "\n".join(value), lined=False)
    elif isinstance(value, list):
        for item in value:
            yield from _of_json(item, place)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield Text(place, str(key), lined=False)
            if not str(key).startswith(("image/png", "image/jpeg")):
                yield from _of_json(item, place)


def _layers(text: Text) -> Iterator[Text]:
    """Yield a text as it stands, and as it reads without comments, tags, entities, escapes and embedded data."""
    plain = text.text
    if "data:" in plain or ";base64" in plain:
        for match in DATA_URI.finditer(plain):
            embedded = _embedded(match)
            if embedded:
                yield from _layers(Text(f"{text.place}, embedded data", embedded, lined=False))
        plain = DATA_URI.sub("data:", plain)
    seen = {plain}
    yield Text(text.place, plain, text.lined)
    tagless = _without_tags(plain)
    for changed in (_without_comments(plain), tagless, _without_comments(tagless), _unescaped(plain)):
        if changed not in seen:
            seen.add(changed)
            yield Text(text.place, changed, lined=False)


def _embedded(match: re.Match[str]) -> str:
    mime = match["mime"] or "text/plain"
    if not mime.startswith(TEXT_MIMES) or "font" in mime:
        return ""
    data = unquote(match["data"])
    if ";base64" not in match["options"]:
        return data
    try:
        return base64.b64decode(data + "=" * (-len(data) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return data


def _without_comments(text: str) -> str:
    return COMMENT.sub("", text) if "#" in text else text


def _without_tags(text: str) -> str:
    """Unescape entities twice, since a page inside an `srcdoc` attribute is escaped in the page, then drop tags."""
    if "&" in text:
        text = html.unescape(html.unescape(text)) if "<" not in text else text
    if "<" not in text:
        return text
    inner = html.unescape(html.unescape(text)) if "srcdoc" in text else ""
    return html.unescape(TAG.sub("", text)) + "\n" + TAG.sub("", inner)


def _unescaped(text: str) -> str:
    """Undo the escapes of JSON and JavaScript strings, and entities."""
    if "\\" in text:
        text = ESCAPE.sub(_letter, text)
    return html.unescape(text) if "&" in text else text


def _letter(match: re.Match[str]) -> str:
    code = match[0][1:]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return ESCAPED.get(code, code)
