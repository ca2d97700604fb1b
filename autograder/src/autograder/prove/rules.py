"""The course's rules that need no grading: what an exercise's folder, manifest, notebook and checks must be like."""

from __future__ import annotations

import ast
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata

from autograder.calibrate.record import CALIBRATION_FILE
from autograder.grade.examiner import LoadedCheck
from autograder.manifest import Exercise, Part, Repository
from autograder.prove.content import files_of
from autograder.prove.course import Rules
from autograder.prove.named import Named, deck_of, see_problem
from autograder.reached.results import measured_files
from autograder.release.side_files import SIDE_BYTES, side_files
from autograder.release.source import Source

__all__ = ["check_faults", "claim_share", "exercise_faults", "submission_faults", "tier_faults"]

FILES = {
    "checks.py",
    "exercise.toml",
    "notebook.py",
    "probes.py",
    "proof.json",
    "rubric.md",
    "survivors.toml",
}
SUBMISSION = re.compile(r"submissions/(correct|wrong)_\w+\.py")
CLAIMED = {".source", ".events", ".shares_memory", "no_loop", "is_view", "is_copy"}
"""What asks for the source or for the worker's word of itself; `unmodified` stands beside values that were computed."""
OTHER_NAMES = {"opencv-python": {"cv2"}}
"""Packages that a machine without a display has under another name."""
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def exercise_faults(repo: Repository, exercise: Exercise, source: Source, rules: Rules) -> list[str]:
    """Return what is wrong with an exercise before anything is graded."""
    return [
        *_strays(exercise, source),
        *_side_files(exercise),
        *_deck(exercise),
        *tier_faults(exercise, rules),
        *_imports(exercise, source, rules),
        *_later(repo, exercise),
        *_warm(exercise),
    ]


def check_faults(exercise: Exercise, source: Source, checks: Sequence[LoadedCheck], rules: Rules) -> list[str]:
    """Return what is wrong with the checks as they are written."""
    shown = f"solutions/{exercise.slug}/checks.py"
    found = [
        f'{shown}: the part {name!r} has no check: write one, @check("{name}", …)'
        for name, part in exercise.parts.items()
        if not part.written and all(check.mark.part != name for check in checks)
    ]
    for check in checks:
        problem = see_problem(check.mark.see, exercise, source)
        if problem:
            found.append(f"{shown}: {check.name}: {problem}")
        if not check.mark.weight > 0:
            found.append(
                f"{shown}: {check.name} has the weight {check.mark.weight:g}: give it more than 0, or delete it"
            )
        if exercise.parts[check.mark.part].written:
            found.append(f"{shown}: {check.name} checks {check.mark.part!r}, which a person grades: name another part")
    found += _thresholds(exercise, shown)
    found += _unmarked(exercise, checks, shown)
    share = claim_share(exercise, checks)
    if share > rules.claim_share:
        found.append(
            f"{shown}: {share:.0%} of the points rest on the worker's word (claim=True), "
            f"at most {rules.claim_share:.0%} may: give these checks less weight"
        )
    return found


def _unmarked(exercise: Exercise, checks: Sequence[LoadedCheck], shown: str) -> list[str]:
    """Return the checks that rest on a claim by what they or their helpers ask, and are not marked so."""
    path = exercise.folder / "checks.py"
    tree = ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    unmarked = dict.fromkeys(check.name.partition("[")[0] for check in checks if not check.mark.claim)
    return [
        f"{shown}: {name} rests on the source or on the worker's word: mark it with claim=True"
        for name in unmarked
        if _reached(name, dict(functions)) & CLAIMED
    ]


def _reached(name: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """Return every name and `.attribute` in a function of checks.py and in those of the file that it names, in turn."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        node = functions.pop(waiting.pop(), None)
        if node is not None:
            names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
            found |= names | {f".{inner.attr}" for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
            waiting += names
    return found


def _thresholds(exercise: Exercise, shown: str) -> list[str]:
    """Return the thresholds that checks name and nobody defined, and those that no check names."""
    path = exercise.folder / "checks.py"
    tree = ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    unknown = [
        f"{shown}:{line}: there is no threshold {name!r}: add a table [thresholds.{name}] to exercise.toml"
        for name, line in _named_thresholds(tree)
        if name not in exercise.thresholds
    ]
    idle = [
        f"solutions/{exercise.slug}/exercise.toml: no check names the threshold {name!r}: delete it, or ask for it"
        for name in exercise.thresholds
        if name not in texts
    ]
    return unknown + idle


def _named_thresholds(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each name that stands in a call of `threshold`, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="threshold"), args=[ast.Constant(value=str(name)), *_]):
                yield name, node.lineno


def claim_share(exercise: Exercise, checks: Sequence[LoadedCheck]) -> float:
    """Return the share of all points that checks marked as claims carry."""
    points, total = 0.0, exercise.points or len(exercise.parts)
    for name, part in exercise.parts.items():
        own = [check.mark for check in checks if check.mark.part == name]
        weight = sum(mark.weight for mark in own)
        worth = part.points if exercise.points else 1.0  # where nothing counts, all parts are alike
        points += worth * sum(mark.weight for mark in own if mark.claim) / weight if weight else 0.0
    return points / total if total else 0.0


def submission_faults(exercise: Exercise, named: Sequence[Named], rules: Rules) -> list[str]:
    """Return whether there are submissions enough to prove anything."""
    folder = f"solutions/{exercise.slug}/submissions"
    correct = sum(one.correct for one in named)
    counts = (("correct", correct, rules.correct_submissions), ("wrong", len(named) - correct, rules.wrong_submissions))
    return [
        f"{folder}: {number} {kind}_*.py, at least {least} are asked for: write what a student would hand in"
        for kind, number, least in counts
        if number < least
    ]


def _strays(exercise: Exercise, source: Source) -> list[str]:
    text = source.path.read_text(encoding="utf-8")
    known = FILES | measured_files(exercise.folder)
    found = []
    for name, path in files_of(exercise.folder).items():
        shown = f"solutions/{exercise.slug}/{name}"
        folder, _, rest = name.partition("/")
        if folder == "files" and rest:
            if path.name not in text:
                found.append(f"{shown} is named nowhere in notebook.py: say what it is for, or delete it")
        elif name not in known and not SUBMISSION.fullmatch(name) and not CALIBRATION_FILE.fullmatch(name):
            found.append(f"{shown} is a stray file: delete it; what students get lies in files/")
    return found


def _side_files(exercise: Exercise) -> list[str]:
    size = sum(path.stat().st_size for path in side_files(exercise).values())
    most = f"at most {SIDE_BYTES / 1e6:.0f} MB may lie beside a notebook"
    advice = "make the data in `coursedata`, or list them in datasets/registry.toml and under `data`"
    found = f"solutions/{exercise.slug}/files hold {size / 1e6:.0f} MB, and {most}: {advice}"
    return [found] if size > SIDE_BYTES else []


def _deck(exercise: Exercise) -> list[str]:
    if deck_of(exercise).is_file():
        return []
    return [f"slides/{exercise.slug}.md is missing: every exercise has a deck of the same name"]


def tier_faults(exercise: Exercise, rules: Rules) -> list[str]:
    """Return whether the core has as many parts, points and minutes as it should."""
    shown = f"solutions/{exercise.slug}/exercise.toml"
    core: list[Part] = [part for part in exercise.parts.values() if part.tier == "core"]
    least, most = rules.core_parts
    found = []
    if not least <= len(core) <= most:
        found.append(f"{shown}: {len(core)} parts are core, {least} to {most} should be: change a part's tier")
    points, minutes = sum(part.points for part in core), sum(part.minutes for part in core)
    if points < rules.core_share * exercise.points:
        found.append(
            f"{shown}: the core carries {points:g} of {exercise.points:g} points, at least {rules.core_share:.0%} "
            f"is asked for: take points from stretch parts"
        )
    if minutes > exercise.minutes:
        found.append(f"{shown}: the core parts take {minutes:g} of {exercise.minutes:g} minutes: shorten one of them")
    return found


def _imports(exercise: Exercise, source: Source, rules: Rules) -> list[str]:
    allowed = set(sys.stdlib_module_names) | {"coursedata", *rules.packages} | _course_packages()
    allowed |= {path.stem for path in (exercise.folder / "files").glob("*.py")}
    found = []
    for cell in source.cells:
        for node in ast.walk(ast.parse(cell.python)) if cell.cell_type == "code" else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [
                f"solutions/{exercise.slug}/notebook.py:{cell.line}: students need not have {name!r}: "
                f"import only what coursedata depends on, or add it to datasets/pyproject.toml"
                for name in (name.partition(".")[0] for name in names)
                if name not in allowed
            ]
    return found


def _course_packages() -> set[str]:
    """Return what can be imported because `coursedata` depends on it."""
    provided: dict[str, set[str]] = {}
    for module, packages in metadata.packages_distributions().items():
        for package in packages:
            provided.setdefault(_normal(package), set()).add(module)
    found = set()
    for requirement in metadata.requires("coursedata") or []:
        match = REQUIREMENT.match(requirement)
        if match and "extra ==" not in requirement:
            name = _normal(match[0])
            found |= provided.get(name, set()) | OTHER_NAMES.get(name, set())
    return found


def _normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def _later(repo: Repository, exercise: Exercise) -> list[str]:
    """Return where the notebook or its files name an exercise that comes later."""
    later = [slug for slug in repo.slugs() if slug > exercise.slug]
    texts = {"notebook.py": exercise.folder / "notebook.py"}
    texts |= {f"files/{name}": path for name, path in files_of(exercise.folder / "files").items()}
    return [
        f"solutions/{exercise.slug}/{name} names {slug}, which comes later: an exercise needs only what came before it"
        for name, path in texts.items()
        for slug in later
        if slug.encode() in path.read_bytes()
    ]


def _warm(exercise: Exercise) -> Iterator[str]:
    """Yield what is to be done before the first submission and cannot be: while grading nobody would notice."""
    for name in exercise.warm:
        try:
            pkgutil.resolve_name(name)
        except (ImportError, AttributeError, ValueError) as error:
            yield f"solutions/{exercise.slug}/exercise.toml: `warm` names {name!r} ({error}): correct or delete it"
