"""What runs beside the answers in the sandbox; it holds no secret."""

import os
from pathlib import Path


def broken_chunks(namespace, path, chunks):
    """Call write_atomically with pieces of which the source breaks off after the last."""

    def source():
        yield from chunks
        raise OverflowError("the source broke off")

    return namespace["write_atomically"](path, source())


def busy_target(namespace, path, chunks):
    """Call write_atomically where renaming is refused, as Windows does while another program has the file open."""

    def refused(*_args, **_kwargs):
        raise PermissionError("another program has the file open")

    kept = {name: getattr(os, name) for name in ("replace", "rename", "link")}
    try:
        for name in kept:
            setattr(os, name, refused)
        return namespace["write_atomically"](path, chunks)
    finally:
        for name, function in kept.items():
            setattr(os, name, function)


def watched_chunks(namespace, path, chunks):
    """Call write_atomically; say for each piece after the first whether all files beside `path` hold the one before."""
    grown = []

    def source():
        for number, chunk in enumerate(chunks):
            if number:
                sizes = [other.stat().st_size for other in Path(path).parent.iterdir() if other.name != Path(path).name]
                grown.append(len(sizes))
            yield chunk

    namespace["write_atomically"](path, source())
    return grown
