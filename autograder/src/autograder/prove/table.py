"""A proof in a terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.prove.proof import Proof

__all__ = ["print_proof"]


def print_proof(proof: Proof) -> int:
    """Print what was proved and what stands against it; return 1 when something does, else 0."""
    console = Console(highlight=False)
    state = "[green]proved[/]" if not proof.faults else "[red]not proved[/]"
    console.print(f"[bold]{proof.exercise}[/]  {state}  in {proof.seconds:g} s on {proof.measured_on}")
    for note in proof.notes:
        console.print(f"[yellow]note[/] {escape(note)}", soft_wrap=True)
    console.print(
        f"{len(proof.correct)} correct and {len(proof.wrong)} wrong submissions, {len(proof.checks)} checks, "
        f"{proof.seeds} sets of hidden inputs; {proof.claim_share:.0%} of the points rest on claims",
        soft_wrap=True,
    )
    _print_mutants(console, proof)
    for fault in proof.faults:
        console.print(f"[red]✗[/] {escape(fault)}", soft_wrap=True)
    if not proof.faults:
        console.print(f"written: solutions/{proof.exercise}/proof.json")
    sys.stdout.flush()
    return 1 if proof.faults else 0


def _print_mutants(console: Console, proof: Proof) -> None:
    mutation = proof.mutation
    table = Table(box=None, pad_edge=False)
    table.add_column("part")
    table.add_column("mutants", justify="right")
    table.add_column("killed", justify="right")
    table.add_column("explained", justify="right")
    for part, made in mutation.made.items():
        explained = sum(one.id.startswith(f"{part}-") and bool(one.why) for one in mutation.survivors)
        table.add_row(escape(part), str(made), str(mutation.killed.get(part, 0)), str(explained or ""))
    console.print(table)
    killed, made = sum(mutation.killed.values()), sum(mutation.made.values())
    unborn = sum(mutation.stillborn.values())
    console.print(
        f"mutation score {mutation.score:.1%}: {killed} of {made} killed, {len(mutation.survivors)} live"
        + (f", {unborn} cannot run" if unborn else "")
    )
    ends = ", ".join(f"{count} {verdict}" for verdict, count in mutation.killed_as.items())
    console.print(f"killed as: {ends or 'nothing'}")
