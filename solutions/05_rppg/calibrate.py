"""Print what GREEN, CHROM and POS reach in every named scenario: `python solutions/05_rppg/calibrate.py [CLIPS]`."""

from __future__ import annotations

import sys

import numpy as np
from methods import BAND, BIN, METHODS, bpm, even

from coursedata.pulse import SCENARIOS, make_rgb_traces

SECONDS, STEP, LENGTH = 20.0, 10.0, 40.0
"""Window, step between windows and clip, in seconds."""
CLOSE = 3.0
"""BPM."""
FIRST_SEED = 5000


def readings(scenario: str, clips: int) -> dict[str, np.ndarray]:
    """Return (N, 2) by method: the truth of each window and what the method read."""
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in METHODS}
    for seed in range(FIRST_SEED, FIRST_SEED + clips):
        traces = make_rgb_traces(scenario, seconds=LENGTH, seed=seed)
        for window in traces.windows(SECONDS, STEP):
            rgb = even(traces.times[window.frames], traces.rgb[window.frames], traces.fps)
            for name, method in METHODS.items():
                rows[name].append((window.heart_rate or np.nan, bpm(method(rgb, traces.fps), traces.fps)))
    return {name: np.array(pairs) for name, pairs in rows.items()}


def line(scenario: str, method: str, pairs: np.ndarray) -> str:
    """Return one row of the table."""
    truth, read = pairs.T
    error = np.abs(read - truth)
    pearson = np.corrcoef(truth, read)[0, 1]
    return (
        f"{scenario:15} {method:6} {100 * (error <= CLOSE).mean():6.1f} {np.median(error):7.2f} {error.mean():7.2f} "
        f"{np.sqrt((error**2).mean()):7.2f} {pearson:8.3f}"
    )


def main() -> None:
    """Print the table."""
    clips = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    print(
        f"{clips} clips of {LENGTH:g} s a scenario, windows of {SECONDS:g} s every {STEP:g} s, truth: mean rate of the "
        f"window; band {BAND[0]:g} to {BAND[1]:g} Hz, bins of {BIN:g} BPM, parabola\n"
        f"{'scenario':15} {'method':6} {'in 3 %':>6} {'median':>7} {'MAE':>7} {'RMSE':>7} {'Pearson':>8}"
    )
    for scenario, what in SCENARIOS.items():
        if what.pulse:
            for method, pairs in readings(scenario, clips).items():
                print(line(scenario, method, pairs), flush=True)


if __name__ == "__main__":
    main()
