"""`python -m coursedata preflight NOTEBOOK`: what would break or lose points, said before it is handed in.

It reads the file and runs nothing unless asked to; whatever the file holds, it answers and does not fail.
"""

from coursedata.preflight.verdict import Verdict, verdict

__all__ = ["Verdict", "verdict"]
