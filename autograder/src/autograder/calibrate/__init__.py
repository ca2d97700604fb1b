"""Thresholds from seeded runs of the reference, with the rate at which they would turn honest work away."""
