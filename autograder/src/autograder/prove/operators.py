"""Mutation operators: for a node of the reference's syntax tree, the mistakes that a student could make there.

Each operator yields other nodes for the one it is given. They imitate mistakes with tensors (another axis, a view for a
copy, a lost `keepdim`) and the classics (another operator, a constant off by one, a condition negated).
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

from autograder.prove.context import Context
from autograder.prove.swaps import (
    CREATED,
    DTYPES,
    IN_PLACE,
    KEEPS,
    KEEPS_DIM,
    METHODS,
    NUMPY_METHODS,
    NUMPY_OPERATIONS,
    OTHER_WAY,
    REDUCTIONS,
    SWAPPED_OPERATORS,
)

__all__ = ["OPERATORS"]


def swap_operator(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """Another arithmetic, comparison or boolean operator."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in SWAPPED_OPERATORS.get(type(operator), ()):
                operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)  # type: ignore[arg-type]
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        for other in SWAPPED_OPERATORS.get(type(node.op), ()):
            copied: Any = copy.copy(node)
            copied.op = other()
            yield copied


def swap_operands(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """`a - b` turned into `b - a`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, OTHER_WAY) and ast.dump(node.left) != ast.dump(node.right):
        yield ast.BinOp(node.right, node.op, node.left)


def drop_operand(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """Only the left side of an operation."""
    if isinstance(node, ast.BinOp) and not isinstance(node.left, ast.Constant):
        yield node.left


def in_place(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """An operation on an argument done in place, which changes the caller's data."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.left, ast.Name) or type(node.op) not in IN_PLACE:
        return
    joined = isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)  # a path, or text
    library = context.library(node) if node.left.id in context.arrays and not joined else ""
    if library == "torch":
        yield ast.Call(ast.Attribute(node.left, IN_PLACE[type(node.op)], ast.Load()), [node.right], [])
    elif library == "numpy" and "numpy" in context.alias:
        numpy = ast.Name(context.alias["numpy"], ast.Load())
        function = ast.Attribute(numpy, NUMPY_OPERATIONS[type(node.op)], ast.Load())
        yield ast.Call(function, [node.left, node.right], [ast.keyword("out", node.left)])


def drop_sign(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A lost minus, `not` or `~`."""
    if isinstance(node, ast.UnaryOp):
        yield node.operand


def change_constant(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A number off by one or zero, a truth value turned round."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        for other in (value + 1, value - 1, type(value)(0)):
            if other != value:
                yield ast.Constant(other) if other >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-other))
    elif isinstance(value, str) and "->" in value:
        yield from map(ast.Constant, _patterns(value))


def _patterns(pattern: str) -> Iterator[str]:
    """Yield other einsum patterns: the result's letters exchanged or one lost, an operand's letters exchanged."""
    inputs, output = (side.strip() for side in pattern.split("->"))
    letters = output.replace(" ", "")
    if len(letters) > 1 and letters.isalpha():
        yield f"{inputs}->{letters[1]}{letters[0]}{letters[2:]}"
    if letters:
        yield f"{inputs}->{letters[:-1]}"
    first, comma, rest = inputs.partition(",")
    if len(first) > 1 and first.isalpha():
        yield f"{first[1]}{first[0]}{first[2:]}{comma}{rest}->{output}"


def negate_condition(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A condition the wrong way round."""
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        copied: Any = copy.copy(node)
        bare = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
        copied.test = copied.test.operand if bare else ast.UnaryOp(ast.Not(), node.test)
        yield copied


def drop_keyword(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A forgotten keyword such as `dim=`, `keepdim=` or `dtype=`."""
    if isinstance(node, ast.Call):
        for place in range(len(node.keywords)):
            yield ast.Call(node.func, node.args, node.keywords[:place] + node.keywords[place + 1 :])


def keep_dim(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """A reduction that keeps its dimension where it must not."""
    reduced = isinstance(node, ast.Call) and _method(node) in KEEPS_DIM and (node.args or node.keywords)
    if isinstance(node, ast.Call) and reduced and not _has(node, *KEEPS.values()):
        name = KEEPS.get(context.library(node))
        if name:
            yield ast.Call(node.func, node.args, [*node.keywords, ast.keyword(name, ast.Constant(value=True))])


def swap_neighbours(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """Two neighbours exchanged: arguments, items of a tuple, indices."""
    if isinstance(node, ast.Call) and not any(isinstance(arg, ast.Starred) for arg in node.args):
        for args in _exchanged(node.args):
            yield ast.Call(node.func, args, node.keywords)
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        for items in _exchanged(node.elts):
            yield ast.Tuple(items, ast.Load())
    elif isinstance(node, ast.List) and isinstance(node.ctx, ast.Load):
        for items in _exchanged(node.elts):
            yield ast.List(items, ast.Load())


def _exchanged(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for place in range(len(items) - 1):
        one, other = items[place : place + 2]
        if ast.dump(one) != ast.dump(other):
            yield [*items[:place], other, one, *items[place + 2 :]]


def drop_index(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A forgotten `None`, `...` or `:` between brackets: the axes that follow move one place."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        items = node.slice.elts
        for place, item in enumerate(items):
            if _is_whole(item) or (isinstance(item, ast.Constant) and item.value in (None, Ellipsis)):
                left = [*items[:place], *items[place + 1 :]]
                yield ast.Subscript(node.value, left[0] if len(left) == 1 else ast.Tuple(left, ast.Load()), node.ctx)


def _is_whole(item: ast.expr) -> bool:
    return isinstance(item, ast.Slice) and item.lower is None and item.upper is None and item.step is None


def shift_slice(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A slice that begins or ends one place off; whole numbers are `change_constant`'s."""
    if not isinstance(node, ast.Slice):
        return
    if node.upper is not None and not isinstance(node.upper, ast.Constant):
        yield ast.Slice(node.lower, ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)), node.step)
    if node.lower is not None and not isinstance(node.lower, ast.Constant):
        yield ast.Slice(ast.BinOp(node.lower, ast.Add(), ast.Constant(1)), node.upper, node.step)
    if (node.lower is None) != (node.upper is None):
        begin = node.lower or ast.Constant(1)
        end = node.upper or ast.UnaryOp(ast.USub(), ast.Constant(1))
        yield ast.Slice(begin, end, node.step)
    if node.step is not None:
        yield ast.Slice(node.lower, node.upper, None)


def shorten_range(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """A `range` that ends one too early."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        end = min(len(node.args), 2) - 1
        args = list(node.args)
        args[end] = ast.BinOp(args[end], ast.Sub(), ast.Constant(1))
        yield ast.Call(node.func, args, [])


def drop_call(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """`x.clone()`, `x.float()` or `torch.sqrt(x)` turned into `x`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr in CREATED:
        return
    owner = node.func.value
    if not context.module(owner):
        yield owner
    elif node.args and not isinstance(node.args[0], (ast.Constant, ast.Starred)):
        yield node.args[0]


def swap_name(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """Another reduction, method or dtype: `mean` for `sum`, `reshape` for `permute`, `float64` for `float32`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner, name = node.func.value, node.func.attr
        if name == "prod" and context.module(owner) == "math":
            yield ast.Call(ast.Name("sum", ast.Load()), node.args, node.keywords)
            return
        known = REDUCTIONS | METHODS
        for other in (known | NUMPY_METHODS if context.library(node) == "numpy" else known).get(name, ()):
            yield ast.Call(ast.Attribute(owner, other, ast.Load()), node.args, node.keywords)
    elif isinstance(node, ast.Attribute) and node.attr in DTYPES:
        for other in DTYPES[node.attr]:
            yield ast.Attribute(node.value, other, ast.Load())


def mistake_name(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """The neighbour of a name that was unpacked with it: the width for the height."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in context.neighbours:
        yield ast.Name(context.neighbours[node.id], ast.Load())


def remove_statement(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """A forgotten statement, where something is left that runs without it."""
    gone = isinstance(node, (ast.Raise, ast.Assert, ast.AugAssign, ast.Break, ast.Continue, ast.Expr))
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        stays = isinstance(target, (ast.Subscript, ast.Attribute))
        gone = stays or (isinstance(target, ast.Name) and target.id in context.bound_twice)
    if gone:
        yield ast.Pass()


def return_input(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """The first argument handed back as it came."""
    if isinstance(node, ast.Return) and node.value is not None and context.parameters:
        yield ast.Return(ast.Name(context.parameters[0], ast.Load()))


def raise_other(node: ast.AST, _: Context) -> Iterator[ast.AST]:
    """Another exception than the text names."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
        yield ast.Raise(ast.Call(ast.Name("RuntimeError", ast.Load()), node.exc.args, []), None)


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _has(call: ast.Call, *names: str) -> bool:
    return any(keyword.arg in names for keyword in call.keywords)


Operator = Callable[[ast.AST, Context], Iterator[ast.AST]]
OPERATORS: tuple[Operator, ...] = (
    swap_operator,
    swap_operands,
    drop_operand,
    in_place,
    drop_sign,
    change_constant,
    negate_condition,
    drop_keyword,
    keep_dim,
    swap_neighbours,
    drop_index,
    shift_slice,
    shorten_range,
    drop_call,
    swap_name,
    mistake_name,
    remove_statement,
    return_input,
    raise_other,
)
