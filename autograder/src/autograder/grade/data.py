"""The training data of an exercise, found on this machine before anything is graded."""

from __future__ import annotations

from autograder.errors import UserError
from autograder.manifest import Exercise

__all__ = ["data_of"]


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
