"""Synthetic face videos whose skin carries a pulse of known rate.

In the order in which light travels: `waveform` (the blood), `portrait` (the face), `motion` (how it moves), `camera`
(what a sensor makes of it) and `video`, which puts them together. `shapes` and `exact` are what they draw with.
"""
