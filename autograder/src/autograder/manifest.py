"""The two files a person writes for the engine: `exercise.toml` and `cohort.toml`, typed and checked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from autograder.errors import UserError
from autograder.rows import read_rows
from autograder.trained import Choice, Threshold, Training

__all__ = [
    "Assignment",
    "Choice",
    "Cohort",
    "Exercise",
    "Late",
    "Limits",
    "Part",
    "Repository",
    "Threshold",
    "Training",
    "load_cohort",
    "load_exercise",
]

Document = TypeVar("Document")


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one submission may use; CPU time is the limit, wall time only a generous backstop."""

    cell_cpu_seconds: float = 60.0
    """CPU seconds for one cell of the notebook."""
    check_cpu_seconds: float = 10.0
    """CPU seconds for one request of a check."""
    total_minutes: float = 10.0
    """Minutes by the clock for a whole submission, cells and checks: what only waits uses no CPU time."""
    judging_cpu_seconds: float = 300.0
    """CPU seconds of the examiner for one submission; where its checks or a parser take more, the grader has failed."""
    memory_mb: int = 2048
    """Anonymous memory of the submission's processes, in MiB."""
    files_mb: int = 256
    """Size of the private work folder, in MiB; `/dev/shm` has the same size."""
    processes: int = 64
    """Processes and threads alive at once."""
    output_kb: int = 512
    """Text kept of one cell's output, in KiB; the rest is cut."""
    frame_mb: int = 64
    """Largest message between worker and examiner, in MiB."""

    @property
    def wall_factor(self) -> float:
        """How much longer than its CPU limit a cell or a request may take by the clock on the wall."""
        return 4.0


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A graded piece of an exercise: one `[parts.GRADE_ID]` table."""

    title: str
    """What the student sees, for example "Mean green per frame"."""
    points: float
    """0 where nothing counts: the part is checked and told as any other, and no sum anywhere changes."""
    minutes: float
    """How long a student is expected to need, reading included."""
    tier: Literal["core", "stretch"] = "core"
    written: bool = False
    """Graded by hand in the formgrader, with the rubric in `rubric.md`."""


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One graded unit; `slug` and `folder` come from where its `exercise.toml` lies."""

    title: str
    minutes: float
    """Time for the core, reading included."""
    parts: dict[str, Part]
    threads: int = 1
    """torch and OpenMP threads: weights differ bitwise between one and two, so they belong to the exercise."""
    limits: Limits = Limits()
    per_student_inputs: bool = False
    """Whether the student's name enters the seeds of hidden inputs."""
    warm: list[str] = []
    """What the warm process does before the first submission: imports `module`, calls `module:function`, which must
    start no thread and give every student the same."""
    data: list[str] = []
    """Training data mounted read-only in the sandbox, by the names of `datasets/registry.toml`: `DATASET`, or
    `DATASET/FILE` for one file of it."""
    rules: dict[str, Any] = {}
    """What this exercise is held to in place of the course's rules (`solutions/course.toml`), by the same keys."""
    training: Training = Training()
    thresholds: dict[str, Threshold] = {}
    choices: dict[str, Choice] = {}
    slug: str = ""
    folder: Path = Path()
    literals: dict[str, Any] = {}
    """What replaces the literals that setup cells assign to these names, in this run; never written in a file."""
    chosen: dict[str, str] = {}
    """What the cohort chose of `choices`; students were given the same."""
    small: bool = False
    """Whether this run is at proof size, where thresholds have their bound for it."""

    @property
    def points(self) -> float:
        """All points of the exercise, core and stretch."""
        return sum(part.points for part in self.parts.values())

    def at_proof_size(self) -> Exercise:
        """Return the exercise as it is proved: what trains is small."""
        return self.with_literals(self.training.proof, small=True)

    def for_cohort(self, cohort: Cohort) -> Exercise:
        """Return the exercise as the cohort chose it."""
        return self.with_choices({name: getattr(cohort, choice.setting) for name, choice in self.choices.items()})

    def with_choices(self, chosen: dict[str, str]) -> Exercise:
        """Return the exercise with these choices, and the data and thresholds that go with them."""
        if not chosen:
            return self
        more = [file for name, value in chosen.items() for file in self.choices[name].data.get(value, [])]
        thresholds = {name: one.where_chosen(chosen.values()) for name, one in self.thresholds.items()}
        return msgspec.structs.replace(self, chosen=chosen, data=[*self.data, *more], thresholds=thresholds)

    def with_literals(self, literals: dict[str, Any], *, small: bool = False) -> Exercise:
        """Return the exercise with other literals in its setup cells."""
        return msgspec.structs.replace(self, literals=self.literals | literals, small=small)


EXTENSIONS = "extensions.csv"
SQLITE = re.compile(r"sqlite(?:\+\w+)?://(?:/(?P<path>[^?]*))?")
"""SQLAlchemy's address of a file: the third slash ends the host, what follows is the path."""


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What handing in late costs, as a share of the points that were reached."""

    grace_minutes: float = 15.0
    percent_per_day: float = 10.0
    """Taken off for each started day after the deadline and its grace."""
    max_days: int = 3
    """Later than this counts nothing."""

    def penalty(self, points: float, seconds_late: float) -> float:
        """Points to subtract from `points` for a submission handed in `seconds_late` after the deadline."""
        if seconds_late <= self.grace_minutes * 60:
            return 0.0
        days = int(-(-seconds_late // 86400))
        if days > self.max_days:
            return points
        return round(points * min(days * self.percent_per_day / 100, 1.0), 2)


class Assignment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exercise released to a cohort, with its dates (local time of the cohort)."""

    due: dt.datetime | None = None
    release: dt.datetime | None = None


class Cohort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One term's people, dates and policy; everything the engine writes for it stays in `folder`."""

    title: str
    course: str = "Tensor to Pulse"
    lecturer: str = ""
    affiliation: str = ""
    timezone: str = "UTC"
    digits: Literal["synthetic", "mnist"] = "synthetic"
    videos: str = "synthetic"
    data: str = ""
    """Folder for what is downloaded, that graders and students read; empty means each machine's own cache."""
    gradebook: str = ""
    """SQLAlchemy URL of the gradebook; empty means `gradebook.db` in the cohort's folder."""
    slots: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Submissions graded at once; 0 means one for each core."""
    late: Late = Late()
    assignments: dict[str, Assignment] = {}
    extensions: dict[tuple[str, str], dt.datetime] = {}
    """Later deadlines of single students, from `extensions.csv`, by exercise and student."""
    name: str = ""
    folder: Path = Path()

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the gradebook."""
        return self.gradebook or f"sqlite:///{self.folder / 'gradebook.db'}"

    @property
    def nbgrader_course(self) -> Path:
        """The folder of nbgrader's course: source, release, submitted, autograded, feedback."""
        return self.folder / "course"

    @property
    def hand_ins(self) -> Path:
        """Where submissions arrive, a folder for each student."""
        return self.nbgrader_course / "submitted"

    @property
    def ledger(self) -> Path:
        """The record of every grading."""
        return self.folder / "ledger.jsonl"

    def handed_in(self, student: str, slug: str) -> Path:
        """The folder of one student's submission."""
        return self.hand_ins / student / slug

    def released(self, slug: str) -> Path:
        """The folder of an exercise as it was released; there is none before."""
        return self.nbgrader_course / "release" / slug

    def reports(self, slug: str) -> Path:
        """The folder of an exercise's reports."""
        return self.folder / "reports" / slug

    def deck(self, slug: str) -> Path:
        """The students' deck of an exercise as it was last released; no release of another one touches it."""
        return self.folder / "decks" / f"{slug}.html"

    def feedback(self, slug: str) -> Path:
        """The folder of an exercise's feedback pages."""
        return self.folder / "feedback" / slug

    @property
    def zone(self) -> ZoneInfo:
        """The cohort's time zone."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            message = f"cohort {self.name}: no time zone {self.timezone!r}; write one such as 'Europe/Berlin'"
            raise UserError(message) from error

    def aware(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment` with a time zone: the cohort's where it has none."""
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment`, of whatever zone, as the cohort's clocks show it."""
        return self.aware(moment).astimezone(self.zone)

    def due(self, slug: str, student: str = "") -> dt.datetime | None:
        """Return the deadline of an exercise (for `student`, if one is named) in UTC; None where it has none.

        A student's own is never before that of everybody, which may have been moved since.
        """
        assignment = self.assignments.get(slug)
        if assignment is None or assignment.due is None:
            return None
        own = self.extensions.get((slug, student), assignment.due)
        return max(self.aware(moment).astimezone(dt.UTC) for moment in (own, assignment.due))

    def extension(self, slug: str, student: str, due: dt.datetime | None) -> dt.timedelta | None:
        """Return how much later than `due` (UTC, without a zone) a student's own deadline is; None without one.

        `due` is everybody's in the gradebook, where a date that was moved arrives with the next release.
        """
        own = self.due(slug, student) if (slug, student) in self.extensions else None
        return max(own.replace(tzinfo=None) - due, dt.timedelta()) if own and due else None

    def closes(self, slug: str, student: str = "") -> dt.datetime | None:
        """Return the last moment (UTC) at which handing in an exercise can count; None where it has no deadline."""
        due = self.due(slug, student)
        late = max(dt.timedelta(days=self.late.max_days), dt.timedelta(minutes=self.late.grace_minutes))
        return due + late if due else None


class Repository(msgspec.Struct, frozen=True):
    """Where things lie; found by looking upwards from a folder for `solutions/` beside `autograder/`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Repository:
        """Return the repository that holds `start` (default: the current folder, then this file's)."""
        for place in (start or Path.cwd(), Path(__file__)):
            for folder in (place.resolve(), *place.resolve().parents):
                if (folder / "solutions").is_dir() and (folder / "autograder").is_dir():
                    return cls(folder)
        raise UserError("this is not a course repository: run the command inside the folder that holds solutions/")

    @property
    def solutions(self) -> Path:
        """The private sources, one folder an exercise."""
        return self.root / "solutions"

    @property
    def exercises(self) -> Path:
        """The public notebooks, generated."""
        return self.root / "exercises"

    @property
    def slides(self) -> Path:
        """The decks."""
        return self.root / "slides"

    @property
    def cohorts(self) -> Path:
        """One folder a cohort."""
        return self.root / "autograder" / "cohorts"

    def slugs(self) -> list[str]:
        """Return every exercise's slug, in the order they are taught."""
        return sorted(path.parent.name for path in self.solutions.glob("*/exercise.toml"))

    def exercise(self, slug: str, cohort: Cohort | None = None) -> Exercise:
        """Return one exercise, as `cohort` chose it; a wrong name is answered with the names there are."""
        if slug not in self.slugs():
            raise UserError(f"there is no exercise {slug!r}; there are: {', '.join(self.slugs()) or 'none yet'}")
        exercise = load_exercise(self.solutions / slug)
        return exercise.for_cohort(cohort) if cohort else exercise

    def cohort(self, name: str) -> Cohort:
        """Return one cohort; a wrong name is answered with the names there are."""
        names = sorted(path.parent.name for path in self.cohorts.glob("*/cohort.toml"))
        if name not in names:
            raise UserError(
                f"there is no cohort {name!r}; there are: {', '.join(names) or 'none yet'}. "
                f"A new one is a folder autograder/cohorts/NAME with a cohort.toml"
            )
        return load_cohort(self.cohorts / name)


def load_exercise(folder: Path) -> Exercise:
    """Return the exercise in `folder`; raises UserError naming the file and the field that is wrong."""
    exercise = _read(folder / "exercise.toml", Exercise)
    return msgspec.structs.replace(
        exercise, slug=folder.name, folder=folder.resolve(), literals={}, chosen={}, small=False
    )


def load_cohort(folder: Path) -> Cohort:
    """Return the cohort in `folder`; raises UserError naming the file and the field that is wrong."""
    cohort = _read(folder / "cohort.toml", Cohort)
    extensions: dict[tuple[str, str], dt.datetime] = {}
    _refuse_moving_gradebook(cohort.gradebook, folder.resolve())
    cohort = msgspec.structs.replace(cohort, name=folder.name, folder=folder.resolve(), extensions=extensions)
    for slug in cohort.assignments:
        _refuse_no_end(cohort, slug, "", f"cohort {cohort.name}, assignments.{slug}")
    for place, key, own in _extensions(cohort):
        if key in extensions:
            raise UserError(f"{place}: {key[1]} has a line for {key[0]} already; leave the one that counts")
        extensions[key] = own
        _refuse_no_end(cohort, *key, place)
    return cohort


def _refuse_moving_gradebook(url: str, folder: Path) -> None:
    """Refuse a file of SQLite that has no fixed place: each command would work on another one, in its own folder."""
    found = SQLITE.match(url)
    if found and not (found["path"] or "").startswith("/"):
        name = Path(found["path"] or "gradebook.db").name
        raise UserError(
            f"{folder / 'cohort.toml'}: gradebook = {url!r} is another file in each folder that a command is started "
            f"in: write its whole path, such as 'sqlite:///{folder / name}', and move there the one that has the grades"
        )


def _refuse_no_end(cohort: Cohort, slug: str, student: str, place: str) -> None:
    try:
        cohort.closes(slug, student)
    except OverflowError as error:
        raise UserError(f"{place}: with late days no calendar holds this date; write an earlier one") from error


def _extensions(cohort: Cohort) -> Iterator[tuple[str, tuple[str, str], dt.datetime]]:
    """Yield the lines of `extensions.csv`, if it is there; raises UserError with the one that is wrong."""
    path = cohort.folder / EXTENSIONS
    for place, row in read_rows(path, ("id", "exercise", "until")) if path.exists() else ():
        student, slug, until = row["id"], row["exercise"], row["until"]
        if not student:
            raise UserError(f"{place}: no student's id stands there")
        if slug not in cohort.assignments or cohort.assignments[slug].due is None:
            raise UserError(f"{place}: there is no `due` of {slug!r} in cohort.toml that could be extended")
        try:
            own = dt.datetime.fromisoformat(until if ":" in until else "")  # a day alone would be its first moment
        except ValueError as error:
            raise UserError(f"{place}: {until!r} is no time; write one such as 2026-10-19 18:00") from error
        yield place, (slug, student), own


def _read(path: Path, kind: type[Document]) -> Document:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except FileNotFoundError as error:
        raise UserError(f"{path} is missing") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        moment = "; a moment is written as 2026-10-15T18:00:00" if "datetime" in str(error) else ""
        raise UserError(f"{path}: {error}{moment}") from error
