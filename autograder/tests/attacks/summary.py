"""The table that the battery prints: what each attack got."""

from __future__ import annotations

from typing import Any

HEAD = ("attack", "category", "points", "read", "changed", "left", "seconds", "MB")
POINTS, SECONDS = 2, 6


def pytest_terminal_summary(terminalreporter: Any, config: Any) -> None:
    """Print a line a category and each attack that got something; with -v each attack."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    found = [value for one in reports for name, value in getattr(one, "user_properties", ()) if name == "attack"]
    rows = sorted({tuple(row) for row in found}, key=lambda row: (row[1], row[0]))
    if not rows:
        return
    terminalreporter.section(f"what {len(rows)} attacks got")
    for category in sorted({row[1] for row in rows}):
        own = [row for row in rows if row[1] == category]
        nothing = sum(not _got(row) for row in own)
        slowest = max(own, key=lambda row: float(row[SECONDS]))
        slow = f"slowest: {slowest[0]}, {slowest[SECONDS]} s"
        terminalreporter.write_line(f"{category:11}{len(own):4} attacks, {nothing:3} got nothing; {slow}")
    shown = [HEAD, *(row for row in rows if config.get_verbosity() > 0 or _got(row))]
    widths = [max(len(row[column]) for row in shown) for column in range(len(HEAD))]
    for row in shown if len(shown) > 1 else ():
        terminalreporter.write_line("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))


def _got(row: tuple[str, ...]) -> bool:
    points, _, earned = row[POINTS].partition(" of ")
    return float(points) > float(earned or 0) or any(text != "-" for text in row[POINTS + 1 : SECONDS])
