"""Compare the files of a folder with those that should be in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.compare.mismatch import Mismatch
from autograder.compare.shown import count

__all__ = ["same_files"]


def same_files(got: Mapping[str, Any], want: Mapping[str, Any], where: str = "The folder") -> None:
    """Raise Mismatch unless a folder holds the files of `want`, no others, with the same contents.

    Args:
        got: by name, as `folder.contents()` returns bytes and `folder.files()` sizes.
        want: the same of what should be there.
        where: how the sentence calls the folder; files are counted in it and not named, since a name may be hidden.
    """
    lack, more = len(want.keys() - got.keys()), len(got.keys() - want.keys())
    if lack or more:
        raise Mismatch(
            "file", f"{where} holds other files than it should: {count(lack)} missing, {count(more)} too many."
        )
    other = sum(got[name] != want[name] for name in want)
    if other:
        raise Mismatch("file", f"{where} holds the right files, but {count(other)} of {len(want)} with other contents.")
