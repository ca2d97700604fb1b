"""The pulse in skin colours: named scenarios, and traces with their truth."""

from coursedata.pulse.scenarios import SCENARIOS, Scenario
from coursedata.pulse.traces import REGIONS, RgbTraces, Window, make_rgb_traces

__all__ = ["REGIONS", "SCENARIOS", "RgbTraces", "Scenario", "Window", "make_rgb_traces"]
