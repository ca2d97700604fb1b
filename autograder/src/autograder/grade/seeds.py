"""Where hidden inputs come from: a secret that never leaves the trusted side.

Generators are public and a small seed is found by trying, so every seed is 128 bits of an HMAC over what it is for.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from autograder.disk import telling
from autograder.errors import UserError

__all__ = ["cohort_secret", "fingerprint", "seed"]

SECRET_BYTES = 32


def seed(secret: bytes, exercise: str, check: str, purpose: str, student: str = "") -> int:
    """Return the 128-bit seed of one check's hidden inputs.

    Args:
        secret: the cohort's secret.
        exercise: slug of the exercise.
        check: name of the check, parameters included.
        purpose: `final`, or `try-K` for a student's K-th practice try, so that no try is a look-up table for the next.
        student: empty, unless the exercise says that each student has inputs of their own.
    """
    message = f"{exercise}\x00{check}\x00{purpose}\x00{student}".encode()
    return int.from_bytes(hmac.digest(secret, message, "sha256")[:16], "big")


def fingerprint(secret: bytes) -> str:
    """Return a short name of the secret that tells nothing about it."""
    return hashlib.sha256(b"fingerprint" + secret).hexdigest()[:12]


def cohort_secret(folder: Path) -> bytes:
    """Return the secret of the cohort in `folder`, made on first use with mode 600.

    Raises UserError when it is damaged, cannot be read, or is gone although there is a ledger sealed with it.
    """
    path = folder / "secret"
    if not path.exists():
        _make(path)
    with telling("the cohort's secret", path):
        text = path.read_bytes()
    try:
        secret = bytes.fromhex(text.decode("ascii").strip())
    except ValueError as error:
        raise UserError(
            f"{path} is damaged: restore it from a backup, since every hidden input depends on it"
        ) from error
    if len(secret) < SECRET_BYTES // 2:
        raise UserError(f"{path} holds fewer than 128 bits: restore it from a backup")
    return secret


def _make(path: Path) -> None:
    ledger = path.with_name("ledger.jsonl")
    if ledger.exists() and ledger.stat().st_size:
        raise UserError(
            f"{path} is missing, though {ledger.name} was sealed with it: restore it from a backup, "
            f"since every hidden input and the seals depend on it"
        )
    unfinished = path.with_name(f".secret.{os.getpid()}")
    with telling("the cohort's secret", path):
        try:
            descriptor = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(SECRET_BYTES))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # another process was quicker: its secret counts
                path.hardlink_to(unfinished)
        finally:
            unfinished.unlink(missing_ok=True)
