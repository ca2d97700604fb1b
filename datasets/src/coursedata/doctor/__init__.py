"""`python -m coursedata doctor`: what this machine has for the course, and what to do about what it lacks."""

from coursedata.doctor.report import examine

__all__ = ["examine"]
