"""The pulse in skin colours: named scenarios, traces with their truth, and loaders of recorded data."""

from coursedata.pulse.recorded import FilmedFace, Fingertip, load_pure, load_ubfc, load_welltory
from coursedata.pulse.scenarios import SCENARIOS, Scenario
from coursedata.pulse.traces import REGIONS, RgbTraces, Window, make_rgb_traces

__all__ = [
    "REGIONS",
    "SCENARIOS",
    "FilmedFace",
    "Fingertip",
    "RgbTraces",
    "Scenario",
    "Window",
    "load_pure",
    "load_ubfc",
    "load_welltory",
    "make_rgb_traces",
]
