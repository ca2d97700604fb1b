"""Formulas, a linear fit on regions and the network of the exercise's reference in named scenarios, for measure.py."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from methods import METHODS, bpm

from autograder.release.source import read_source
from coursedata.pulse import SCENARIOS as NAMED
from coursedata.pulse import Scenario, make_rgb_traces

MOTION = NAMED["white_motion"].motion
OTHER_MOTION = {
    f"white_motion, {times:g} times the motion": replace(
        NAMED["white_motion"], motion=(times * MOTION[0], times * MOTION[1])
    )
    for times in (0.5, 2.0)
}
SCENARIOS = {name: NAMED[name] for name in ("coloured_light", "white_motion", "unseen_light", "easy")} | OTHER_MOTION
TRAINED_ON = ("easy", "coloured_light", "white_motion")
CLIPS, EPOCHS, RUNS = 300, 40, 3
"""Films a scenario, epochs, seeds: the full size, within five minutes on two cores."""
LEARNING_RATE = 0.004
RATES = (45.0, 180.0)
"""BPM of the training films: wider than where it is tested, so that knowing which rates occur wins nothing."""
RATE = 15.0
CLOSE = 3.0
CELLS = ("imports", "cut_band", "pulse_net", "trainer", "pulse_trainer", "linear_fit")


def reference_cells() -> dict[str, Any]:
    """Return the namespace of the reference's cells that make and train the network."""
    source = read_source(Path(__file__).parent)
    names: dict[str, Any] = {"__name__": "reference"}
    for cell in source.cells:
        if cell.id in CELLS:
            exec(compile(source.reference(cell.id), cell.id, "exec"), names)  # noqa: S102  (our own cells)
    return names


def windows(names: dict[str, Any], scenario: Scenario, clips: int, first: int) -> tuple[Any, list[Any], list[float]]:
    """Return inputs, colours and true rates of the windows of 20 s, one every 10 s, of clips of 40 s."""
    inputs, colours, truth = [], [], []
    for seed in range(first, first + clips):
        traces = make_rgb_traces(scenario, seconds=40, seed=seed)
        for window in traces.windows(20, 10):
            inputs.append(names["features"](traces.regions[window.frames], traces.fps))
            colours.append(traces.rgb[window.frames])
            truth.append(float(window.heart_rate or np.nan))
    return np.stack(inputs), colours, truth


def share(read: list[float], truth: list[float]) -> float:
    """Return the share within 3 BPM, in percent."""
    return 100 * float(np.mean(np.abs(np.array(read) - np.array(truth)) <= CLOSE))


def trained(names: dict[str, Any], seed: int, clips: int, epochs: int) -> tuple[Any, float, Any]:
    """Return the network, the CPU seconds of its training, and its training set by scenario."""
    start = time.process_time()
    torch.manual_seed(seed)
    kinds = [replace(NAMED[name], heart_rate=RATES) for name in TRAINED_ON]
    sets = [names["make_set"](kind, 10**6 * (k + 1) + 10**5 * seed, clips) for k, kind in enumerate(kinds)]
    made = names["TensorDataset"](*(torch.cat([one[part] for one in sets]) for part in (0, 1)))
    valid = names["TensorDataset"](*names["make_set"]("coloured_light", 9 * 10**6, 16)[:2])
    load = names["DataLoader"]
    network = names["PulseNet"]()
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)
    trainer = names["PulseTrainer"](network, optimizer)
    batches = load(made, batch_size=16, shuffle=True)
    trainer.fit(batches, load(valid, batch_size=16), epochs - epochs // 4)
    for group in optimizer.param_groups:  # the last quarter in small steps
        group["lr"] = LEARNING_RATE / 10
    trainer.fit(batches, load(valid, batch_size=16), epochs)
    return network.eval(), time.process_time() - start, sets


def contest(clips: int, say: Callable[[Any], None]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the table of the contest, and the numbers that were asked for."""
    names = reference_cells()
    runs = []
    for seed in range(RUNS):
        network, seconds, sets = trained(names, seed, CLIPS, EPOCHS)
        runs.append((network, seconds))
        say(["trained", seed, round(seconds), "CPU s"])
        if seed == 0:
            fits = [fit(names, sets), fit(names, sets[1:2])]
    rows, best, reached_by = [], {}, {}
    for scenario, made in SCENARIOS.items():
        inputs, colours, truth = windows(names, made, clips, 70_000)
        row: list[Any] = [scenario, len(truth)]
        formulas = [share([bpm(method(one, 30.0), 30.0) for one in colours], truth) for method in METHODS.values()]
        linear = [share([bpm(one, RATE) for one in drawn(names, inputs, weights)], truth) for weights in fits]
        nets = []
        for network, _ in runs:
            with torch.no_grad():
                curves = network(torch.from_numpy(inputs)).double().numpy()
            nets.append(share([bpm(one, RATE) for one in curves], truth))
        best[scenario] = max(one for name, one in zip(METHODS, formulas, strict=True) if name != "ICA")
        reached_by[scenario] = nets
        row += [round(one, 1) for one in [*formulas, *linear, float(np.mean(nets)), min(nets), max(nets)]]
        rows.append(row)
        say(row)
    columns = ["scenario", "windows", *METHODS, "linear fit, all films", "linear fit, coloured light only"]
    columns += [f"network, mean of {RUNS}", "network, worst", "network, best"]
    seconds = max(one for _, one in runs)
    size, threads = sum(one.numel() for one in runs[0][0].parameters()), torch.get_num_threads()
    about = (
        f"share within 3 BPM, %; windows of 20 s; network of {size:,} parameters, {CLIPS} films of each of "
        f"{', '.join(TRAINED_ON)} at {RATES[0]:g} to {RATES[1]:g} BPM, {EPOCHS} epochs, "
        f"{seconds:.0f} CPU s on {threads} thread{'s' * (threads > 1)}; other clips than in the tables above; "
        f"linear fit: 12 channels at 5 moments"
    )
    gain = float(np.mean(reached_by["coloured_light"])) - best["coloured_light"]
    reached: list[dict[str, Any]] = [
        {
            "what": "training of the network, CPU minutes",
            "value": round(seconds / 60, 2),
            "unit": "minutes",
            "at_most": 5,
            "runs": RUNS,
        },
        {
            "what": "coloured light: network, windows within 3 BPM",
            "value": round(float(np.mean(reached_by["coloured_light"])), 1),
            "unit": "%",
            "at_least": 78,
            "runs": RUNS,
            "spread": round(float(np.std(reached_by["coloured_light"], ddof=1)), 2),
        },
        {
            "what": "coloured light: network over the best of GREEN, CHROM and POS",
            "value": round(gain, 1),
            "unit": "points",
            "at_least": 30,
            "runs": RUNS,
        },
    ]
    notes = {
        "white_motion": "hardly any light, 16 times the usual noise: nothing to gain was expected",
        "unseen_light": "a light that no training film had",
        **dict.fromkeys(OTHER_MOTION, "that light; the training films move as in white_motion"),
    }
    for scenario, note in notes.items():
        mean = float(np.mean(reached_by[scenario]))
        what = f"{scenario}: network over the best of GREEN, CHROM and POS"
        reached.append(
            {"what": what, "value": round(mean - best[scenario], 1), "unit": "points", "runs": RUNS, "note": note}
        )
    return [{"title": "When the network wins", "columns": columns, "rows": rows, "about": about}], reached


def fit(names: dict[str, Any], sets: Any) -> Any:
    """Return the linear fit on some sets."""
    return names["linear_fit"](*(torch.cat([one[part] for one in sets]).numpy() for part in (0, 1)))


def drawn(names: dict[str, Any], inputs: Any, weights: Any) -> Any:
    """Return the curves of a linear fit."""
    return (names["moments"](inputs) @ weights).reshape(len(inputs), -1)
