"""What one name or operator is mistaken for: the tables of the mutation operators."""

from __future__ import annotations

import ast

__all__ = [
    "CREATED",
    "DTYPES",
    "IN_PLACE",
    "KEEPS",
    "KEEPS_DIM",
    "METHODS",
    "NUMPY_METHODS",
    "NUMPY_OPERATIONS",
    "OTHER_WAY",
    "REDUCTIONS",
    "SWAPPED_OPERATORS",
]

SWAPPED_OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
OTHER_WAY = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
"""Operators whose operands may not be exchanged."""
IN_PLACE = {ast.Add: "add_", ast.Sub: "sub_", ast.Mult: "mul_", ast.Div: "div_"}
NUMPY_OPERATIONS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
"""The functions that take `out=`: a statement such as `x /= y` cannot stand where an expression does."""

REDUCTIONS = {
    "mean": ("sum",),
    "sum": ("mean",),
    "max": ("min",),
    "min": ("max",),
    "amax": ("amin",),
    "amin": ("amax",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "std": ("var",),
    "var": ("std",),
    "any": ("all",),
    "all": ("any",),
    "prod": ("sum",),
    "median": ("mean",),
    "norm": ("sum",),
}
METHODS = {
    "permute": ("reshape",),
    "reshape": ("view",),
    "expand": ("repeat",),
    "repeat": ("expand",),
    "squeeze": ("unsqueeze",),
    "unsqueeze": ("squeeze",),
    "cumsum": ("cumprod",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "round": ("floor",),
    "sin": ("cos",),
    "cos": ("sin",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "tensor": ("as_tensor",),
    "as_tensor": ("tensor",),
    "from_numpy": ("tensor",),
    "array": ("asarray",),
    "asarray": ("array",),
    "matmul": ("mul",),
    "stack": ("cat",),
    "cat": ("stack",),
    "float": ("double",),
    "long": ("int",),
    "clamp": ("clamp_",),
    "sub": ("sub_",),
    "div": ("div_",),
}
NUMPY_METHODS: dict[str, tuple[str, ...]] = {
    "reshape": (),
    "repeat": ("tile",),
    "tile": ("repeat",),
    "stack": ("concatenate",),
    "concatenate": ("stack",),
    "cat": (),
    "matmul": ("multiply",),
}
"""In place of `METHODS` where arrays are NumPy's; its `view` is of dtypes and cannot be mistaken for `reshape`."""
DTYPES = {
    "float32": ("float64", "float16"),
    "float64": ("float32",),
    "float16": ("float32",),
    "bfloat16": ("float32",),
    "uint8": ("int8", "int64"),
    "int64": ("int32",),
    "int32": ("int64",),
    "int16": ("int64",),
    "bool": ("uint8",),
}
CREATED = {
    "arange",
    "empty",
    "eye",
    "full",
    "linspace",
    "ones",
    "rand",
    "randint",
    "randn",
    "randperm",
    "zeros",
    "range",
}
"""Functions whose first argument is a size: without the call there is nothing that could stand for it."""
KEEPS = {"torch": "keepdim", "numpy": "keepdims"}
KEEPS_DIM = set(REDUCTIONS) - {"norm"}
