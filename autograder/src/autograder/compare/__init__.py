"""What a check may say about a value: each function returns quietly or raises `Mismatch`, a sentence for students."""

from autograder.compare.claims import is_copy, is_view, no_loop, unmodified
from autograder.compare.files import same_files
from autograder.compare.mismatch import Mismatch, require
from autograder.compare.raising import raises
from autograder.compare.values import matches

__all__ = ["Mismatch", "is_copy", "is_view", "matches", "no_loop", "raises", "require", "same_files", "unmodified"]
