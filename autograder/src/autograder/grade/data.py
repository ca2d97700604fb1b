"""The data of an exercise, found on this machine before anything is graded, and put there once for a whole cohort."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UserError
from autograder.manifest import Cohort, Exercise, Repository
from autograder.progress import Say

if TYPE_CHECKING:
    from coursedata.registry import Dataset

__all__ = ["data_of", "files_of_cohort", "provide", "use_folder_of"]

MADE = "synthetic"
"""The value of a cohort's `digits` and `videos` that needs nothing."""


def data_of(exercise: Exercise) -> dict[str, str]:
    """Return where each file of the exercise's data lies, by `DATASET/FILE`.

    Nothing is downloaded: whoever grades decides when. Raises UserError naming what is not here and how to get it.
    """
    if not exercise.data:
        return {}
    from coursedata.download import at_hand
    from coursedata.errors import CourseDataError

    try:
        return {file: str(path.absolute()) for name in exercise.data for file, path in at_hand(name).items()}
    except CourseDataError as error:
        raise UserError(f"{exercise.slug} cannot be graded without its data: {error}") from error


def use_folder_of(cohort: Cohort) -> None:
    """Let everything that this process starts find the data in the cohort's folder, where it names one."""
    if cohort.data and "T2P_DATA" not in os.environ:
        os.environ["T2P_DATA"] = str(_folder(cohort))


def files_of_cohort(repo: Repository, cohort: Cohort, known: Mapping[str, Dataset] | None = None) -> list[str]:
    """Return what a cohort needs, by `DATASET/FILE`: its digits and videos, and the data of its exercises.

    Raises UserError for a data set, or a file of one, that the registry does not have.
    """
    from coursedata.registry import registry

    datasets = registry() if known is None else known
    slugs = [slug for slug in repo.slugs() if slug in cohort.assignments] or repo.slugs()
    wanted = [name for slug in slugs for name in repo.exercise(slug, cohort).data]
    wanted += [name for name in (cohort.digits, cohort.videos) if name != MADE]
    found: dict[str, None] = {}
    for name in wanted:
        head, _, file = name.partition("/")
        if head not in datasets or (file and file not in datasets[head].files):
            there = ", ".join(datasets[head].files if head in datasets else datasets)
            raise UserError(f"cohort {cohort.name} needs {name!r}, and datasets/registry.toml has only: {there}")
        files = [file] if file else list(datasets[head].files)
        found |= dict.fromkeys(f"{head}/{one}" for one in files)
    return list(found)


def provide(
    repo: Repository, cohort: Cohort, say: Say, known: Mapping[str, Dataset] | None = None
) -> tuple[Path, list[str]]:
    """Put the files that a cohort needs into its folder, each verified and only if it is not there; return both.

    Raises UserError where one cannot be had; those before it stay, and the next try goes on from there.
    """
    from coursedata.download import cache_folder, fetch
    from coursedata.errors import CourseDataError

    folder = _folder(cohort) if cohort.data else cache_folder()
    files = files_of_cohort(repo, cohort, known)
    for number, file in enumerate(files):
        say(file, number, len(files))
        try:
            fetch(file, cache=folder, known=known)
        except CourseDataError as error:
            raise UserError(f"{number} of {len(files)} files lie in {folder}; then: {error}") from error
        except OSError as error:
            raise UserError(
                f"{folder} cannot be written to ({error.strerror}): name another as `data` in cohort.toml"
            ) from error
    say("all files verified", len(files), len(files))
    return folder, files


def _folder(cohort: Cohort) -> Path:
    """Return the cohort's folder for data; a relative one lies beside its cohort.toml."""
    return cohort.folder / Path(cohort.data).expanduser()
