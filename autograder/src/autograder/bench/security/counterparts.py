"""What an attack on our worker looks like to somebody who attacks another grader with the same idea."""

from __future__ import annotations

__all__ = ["COUNTERPARTS"]

EVERY_CELL_IS_EMPTY = """\
import ast

class Nothing(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.Module(body=[], type_ignores=[])

get_ipython().ast_transformers.append(Nothing())
"""
EVERY_CASE_PASSES = """\
from otter.test_files import exception_test

exception_test.test_case.call_func = lambda *arguments: None
"""
COUNTERPARTS = {"worker_says_passed": {"nbgrader": EVERY_CELL_IS_EMPTY, "otter": EVERY_CASE_PASSES}}
"""By attack and grader: the cell that is handed in instead. The process that runs the notebook reports its tests."""
