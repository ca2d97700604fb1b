"""No push to a public remote carries anything of solutions/."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


ANSWER = "def mean_green(video):\n    return video.mean((1, 2))\n"


class Clone:
    """A throw-away repository with a public and a private remote, in which the hook is installed."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run = folder / "clone", run
        for remote in ("public", "private"):
            run("git", "init", "--bare", "--quiet", folder / remote, cwd=folder)
        run("git", "init", "--quiet", "--initial-branch=main", self.folder, cwd=folder)
        for remote in ("public", "private"):
            self.git("remote", "add", remote, str(folder / remote))
        for name, value in (("user.name", "A"), ("user.email", "a@b.c"), ("remote.public.t2pPublic", "true")):
            self.git("config", name, value)

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git in the clone."""
        return self.run("git", *arguments, cwd=self.folder)

    def commit(self, **files: str) -> None:
        """Commit files, given by their path with __ for /."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")


@pytest.fixture
def clone(tmp_path: Path, run: Run, bootstrap: Path) -> Clone:
    """A clone with the hook and one harmless commit."""
    made = Clone(tmp_path, run)
    assert run("python3", bootstrap / "pre_push.py", "--install", cwd=made.folder).returncode == 0
    made.commit(README="hello\n")
    return made


def test_public_work_is_pushed(clone: Clone) -> None:
    """What never met solutions/ goes to the public remote, deletions of a branch too."""
    assert clone.git("push", "public", "main:main", "main:other").returncode == 0
    assert clone.git("push", "public", ":other").returncode == 0


def test_solutions_are_refused(clone: Clone) -> None:
    """A branch with solutions/ is refused, with the reason and what to publish instead; the remote gets nothing."""
    clone.commit(solutions__01__notebook="secret\n")
    done = clone.git("push", "public", "main")
    assert done.returncode != 0
    assert "refs/heads/main is not pushed to public, which is marked public: commit" in done.stderr
    assert "make release" in done.stderr
    assert clone.git("ls-remote", "public").stdout == ""


def test_private_remote_takes_everything(clone: Clone) -> None:
    """A remote without the mark is nobody's business."""
    clone.commit(solutions__01__notebook="secret\n")
    assert clone.git("push", "private", "main").returncode == 0


def test_removed_solutions_are_still_in_the_history(clone: Clone) -> None:
    """Removing the folder does not help, nor does a merge that hides the branch it was on."""
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit(solutions__01__notebook="secret\n")
    clone.git("rm", "-r", "--quiet", "solutions")
    clone.git("commit", "--quiet", "--message", "y")
    clone.git("checkout", "--quiet", "main")
    clone.commit(other="x\n")
    clone.git("merge", "--quiet", "--no-edit", "side")
    assert clone.git("push", "public", "main").returncode != 0


def test_tag_is_looked_into(clone: Clone) -> None:
    """A tag carries its commit's history."""
    clone.commit(solutions__01__notebook="secret\n")
    clone.git("tag", "--annotate", "v1", "--message", "v1")
    assert clone.git("push", "public", "v1").returncode != 0


def test_private_file_is_found_under_another_name(clone: Clone) -> None:
    """A history of its own that holds a file of solutions/ elsewhere is refused; side files for students are not."""
    clone.commit(solutions__01__notebook=ANSWER, solutions__01__files__table="1,2\n")
    clone.git("checkout", "--quiet", "--orphan", "fresh")
    clone.git("rm", "-r", "--quiet", "--cached", ".")
    clone.git("clean", "-fdq")
    clone.commit(exercises__01__table="1,2\n")
    clone.git("checkout", "--quiet", "main")
    assert clone.git("push", "public", "fresh").returncode == 0
    clone.git("checkout", "--quiet", "fresh")
    clone.commit(answers=ANSWER)
    clone.git("checkout", "--quiet", "main")
    done = clone.git("push", "public", "fresh")
    assert "its answers is solutions/01/notebook" in done.stderr
    assert done.returncode != 0


def test_tree_is_refused(clone: Clone) -> None:
    """What is no commit has no history to look at and stays here."""
    clone.commit(solutions__01__notebook="secret\n")
    done = clone.git("push", "public", "HEAD^{tree}:refs/tags/tree")
    assert done.returncode != 0
    assert "it is no commit" in done.stderr


def test_address_of_a_public_remote_is_public(clone: Clone, tmp_path: Path) -> None:
    """Pushing to the address, without the remote's name, changes nothing."""
    clone.commit(solutions__01__notebook="secret\n")
    assert clone.git("push", str(tmp_path / "public"), "main").returncode != 0


def test_branch_without_the_script_is_guarded(clone: Clone) -> None:
    """The hook needs no file of the branch that is checked out."""
    assert not (clone.folder / "autograder").exists()
    clone.commit(solutions__01__notebook="secret\n")
    assert clone.git("push", "public", "main").returncode != 0


def test_hook_of_somebody_else_stays(clone: Clone, run: Run, bootstrap: Path) -> None:
    """A hook that is not ours is not overwritten, and one line says how to join both."""
    hook = clone.folder / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\n")
    done = run("python3", bootstrap / "pre_push.py", "--install", cwd=clone.folder)
    assert hook.read_text() == "#!/bin/sh\n"
    assert "let it also run: python3" in done.stdout


def test_older_hook_of_ours_is_renewed(clone: Clone, run: Run, bootstrap: Path) -> None:
    """Set-up brings a newer version of the hook."""
    hook = clone.folder / ".git" / "hooks" / "pre-push"
    hook.write_text(hook.read_text() + "\n# older\n")
    run("python3", bootstrap / "pre_push.py", "--install", cwd=clone.folder)
    assert hook.read_text() == (bootstrap / "pre_push.py").read_text()
