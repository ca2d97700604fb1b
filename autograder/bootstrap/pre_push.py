#!/usr/bin/env python3
"""Git's pre-push hook: nothing of solutions/ goes to a remote that is marked public.

A remote is marked with `git config remote.NAME.t2pPublic true`. What counts is the whole history that is pushed, since
a file that was removed again can still be read there. `pre_push.py --install` copies this file into the clone's hooks,
so that it also guards branches that do not hold it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PRIVATE = "solutions"
HANDED_OUT = "files"  # solutions/NN_topic/files/ goes to students as it is
MARK = "t2ppublic"  # git writes the last word of a key in lower case
TITLE = (__doc__ or "").splitlines()[0]


def ask(*arguments: str) -> str:
    """Return what a git command prints; empty when it ends with an error, which means "no such thing"."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def git(*arguments: str) -> str:
    """Return what a git command prints; when it ends with an error nothing is pushed."""
    done = subprocess.run(["git", *arguments], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        message = f"nothing is pushed: this failed (above): git {' '.join(arguments)}"
        raise SystemExit(message)
    return done.stdout.strip()


def is_public(remote: str, url: str) -> bool:
    """Return whether the remote, or any marked remote with the same address, is marked as public."""
    return any(name == remote or url in _addresses(name) for name in _marked())


def _marked() -> Iterator[str]:
    lines = ask("config", "--bool", "--get-regexp", rf"^remote\..*\.{MARK}$").splitlines()
    for line in lines:
        key, _, value = line.rpartition(" ")
        if value == "true":
            yield key.removeprefix("remote.")[: -len(MARK) - 1]


def _addresses(remote: str) -> set[str]:
    shown = ask("remote", "get-url", "--all", remote) + "\n" + ask("remote", "get-url", "--push", "--all", remote)
    return set(shown.split())


def reason_to_refuse(pushed: str) -> str:
    """Return why the object `pushed` may not become public; empty when it may."""
    if not ask("rev-parse", "--quiet", "--verify", f"{pushed}^{{commit}}"):
        return "it is no commit, so what it holds cannot be looked at"
    if commit := git("rev-list", "--full-history", "--max-count=1", pushed, "--", PRIVATE):
        return f"commit {commit[:10]} in its history touches {PRIVATE}/"
    private = dict(_private_files())
    for line in git("rev-list", "--objects", pushed).splitlines():
        identity, _, path = line.partition(" ")
        if identity in private:
            return f"its {path} is {private[identity]}"
    return ""


def _private_files() -> Iterator[tuple[str, str]]:
    """Yield (blob, path) of each private file, to find it under another name; empty files are everywhere."""
    for line in ask("ls-tree", "-r", "-l", "HEAD", PRIVATE).splitlines():
        details, _, path = line.partition("\t")
        _, kind, identity, size = details.split()
        if kind == "blob" and size != "0" and HANDED_OUT not in Path(path).parts:
            yield identity, path


def refused(remote: str, url: str, lines: Iterable[str]) -> list[str]:
    """Return a sentence for each line of git's hook protocol that must not be pushed."""
    if not is_public(remote, url):
        return []
    sentences = []
    for line in lines:
        local_name, local, _, _ = line.split()
        reason = "" if set(local) == {"0"} else reason_to_refuse(local)
        if reason:
            sentences.append(f"{local_name} is not pushed to {remote}, which is marked public: {reason}")
    return sentences


def install() -> None:
    """Put the hook into this clone, unless somebody has one of their own there."""
    folder = ask("rev-parse", "--git-path", "hooks")
    if not folder:
        return  # no clone: nothing is pushed from here
    hook = Path(folder) / "pre-push"
    script = Path(__file__).resolve()
    if hook.exists() and TITLE not in hook.read_text(encoding="utf-8", errors="replace"):
        print(f'git: {hook} is not ours and stays; let it also run: python3 "{script}" "$@"')
        return
    hook.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(script, hook)
    hook.chmod(0o755)


def main(arguments: list[str]) -> int:
    """Run as the hook, with the remote's name and address, or install it."""
    if arguments == ["--install"]:
        install()
        return 0
    sentences = refused(arguments[0], arguments[1], sys.stdin)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    if sentences:
        print("What may be published is the zip and the folder that `make release` writes.", file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
