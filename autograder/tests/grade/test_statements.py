"""How a cell reads as Python: what of it is IPython's is replaced, and hides nothing."""

from __future__ import annotations

import ast
import re
import time

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.grade.facts import Definitions, Facts
from autograder.grade.statements import SOURCE_LIMIT

CLEAN, LOOPY = "def f(x): return x.sum()", "def f(x): return [one for one in x]"


def facts(cells: list[str], name: str) -> Facts:
    return Definitions(cells).facts(name)


LINES = [
    "%time\ndef f(x, y, z):   # what is y?\n    return x",
    "%matplotlib inline\ndef f(x):\n    return x.sum(  # over which axis?\n        0)",
    "%matplotlib inline\ndef f(x):\n    return (x.sum()\n        % 7)",
    "%matplotlib inline\ndef f(x):\n    return [x.sum()\n!= 7][0]",
    "!ls\ndef f(x):\n    '''\n    Which\n    %axis is it?\n!\n    '''\n    return x",
    "!echo it's (here\ndef f(x):\n    return 'is it?'",
    "!ls \\\n  -la ?\ndef f(x):\n    return x % \\\n    7",
    "  def f(x):\n      return x\n\n  y = 1",
    "\n \n    %pwd\n    def f(x):\n        %pwd\n        return x",
    "%%time\n    def f(x):\n        return x",
    "%%capture\n%%time\ndef f(x):\n    return x",
    "%%script?\ndef f(x):\n    return x",
    "%%time\n?f\nf?\nf.__doc__??\n%time?\nx = 1; f?\ndef f(x):\n    return x",
    "files = !ls\nhere = %pwd\nx[0] = here.y = 1\nx[0] = !ls (\ndef f(x):\n    return x",
    "/print 1\n,print 1\n;print 1\ndef f(x, y='%', z={'=': 1}):\n    return x",
    "x = 3  # = %pwd\ny = '''= !\n= %pwd\n'''\n%pwd\ndef f(x):\n    return x",
    "x = 1 \\\n  + 2\r\n%pwd\r\ndef f(x):\r\n    return x\r\n",
    "x = f'{y!r:%H}' '\\'%' \"\\\"?\"\n%pwd\ndef f(x):\n    return x",
]


@pytest.mark.parametrize("cell", LINES)
def test_lines_are_replaced_as_ipython_does(cell: str) -> None:
    """What of a cell is a command's and what is Python's, IPython's own reader says as well."""
    transform = TransformerManager().transform_cell
    inside = re.sub(r"\A(?:%%(?:time|capture)\n)+", "", cell)
    (wanted,) = (one for one in ast.parse(transform(inside)).body if isinstance(one, ast.FunctionDef))
    found = facts([cell], "f")
    assert [ast.dump(one) for one in without_commands(found.nodes[0])] == [
        ast.dump(one) for one in without_commands(wanted)
    ]
    assert found.text.startswith("def f(x")


def without_commands(function: ast.AST) -> list[ast.AST]:
    """Return a function's arguments and statements, but for what runs a command."""
    assert isinstance(function, ast.FunctionDef)
    return [function.args, *(one for one in function.body if "get_ipython" not in ast.dump(one))]


ASKED = {
    "a question behind a loop": "%pwd\ndef f(x):\n    for i in x: g(i)  # or is it?\n    return x",
    "a remainder": "%pwd\ndef f(x):\n    y = [1\n%len([i for i in x])]\n    return x",
    "a timed loop": "def f(x):\n    %time x[:] = [g(i) for i in x]\n    return x",
    "a timed value": "def f(x):\n    y = %time [g(i) for i in x]\n    return y",
    "a timed definition": "f = %time lambda x: [g(i) for i in x]",
    "a command with a loop": "def f(x):\n    !echo {[g(i) for i in x]}\n    return x",
    "a call by a blank": "def f(x):\n    /g x\n    return x",
    "an indented cell": "    def f(x):\n        return [g(i) for i in x]",
    "an indented cell below a magic": "%%time\n    def f(x):\n        return [g(i) for i in x]",
    "a question about a magic": "%%script?\ndef f(x): return [g(i) for i in x]",
}


@pytest.mark.parametrize("name", ASKED)
def test_no_line_is_hidden_as_a_magic(name: str) -> None:
    """A loop that stands on a line which looks like IPython's, or is, is a loop."""
    assert facts([CLEAN, ASKED[name]], "f").has_loop


def test_what_a_magic_names_is_seen() -> None:
    """A line for IPython in a definition mentions what stands there."""
    assert "cdist" in facts(["def f(x):\n    y = %time torch.cdist(x, x)\n    return y"], "f").names
    assert "cdist" in facts(["far = %time torch.cdist", "def f(x): return far(x, x)"], "f").names


def test_what_a_magic_binds_is_not_believed() -> None:
    """`%time f = slow` leaves no definition of f that can be read, until the next one."""
    assert not facts([CLEAN, "%time f = slow"], "f").text
    assert facts(["%time f = slow", CLEAN], "f").text == CLEAN


DOTS = f"x = 1  # import {'.' * 500}\n"
UNREAD = {
    "a definition": f"if 0:\n    import {'a.' * 600}a\n{LOOPY}",
    "a comment that looks like an import": f"{DOTS}{LOOPY}",
    "an annotation": f"{DOTS}f: object = g",
    "a walrus": f"{DOTS}(f := g)",
    "a tuple": f"{DOTS}f, _ = g, 1",
    "an import": f"{DOTS}from helper import f",
    "a loop": f"{DOTS}for f in [g]: pass",
    "a star": f"{DOTS}from helper import *",
    "a star on the next line": f"{DOTS}from helper import \\\n  *",
    "a file": f"{DOTS}%run helper.py",
    "other letters": f"{DOTS}\U0001d41f = g",
    "a prompt among very many quotes": ">>> x = " + "'''a''' " * 60 + f"\n>>> {LOOPY}",
    "a timing that names what it changes": "%%timeit -n 1 -r 1\nglobal f\nf = g",
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_ran_and_cannot_be_read_hides_nothing(name: str) -> None:
    """A cell that IPython reads and nobody else may have given a value to every word in it."""
    assert not facts([CLEAN, UNREAD[name]], "f").text
    assert facts([UNREAD[name], CLEAN], "f").text == CLEAN


@pytest.mark.parametrize("name", UNREAD)
def test_what_ended_early_and_cannot_be_read_hides_nothing(name: str) -> None:
    """The same where the cell raised in the end: what it bound before stays."""
    cell = f"{UNREAD[name]}\n1 / 0"
    assert not Definitions([CLEAN, cell], [cell]).facts("f").text


PROMPTS = {
    "Python's": f">>> {LOOPY}",
    "Python's, going on": ">>> def f(x):\n...     return [g(i) for i in x]\n...\n>>> f(x)",
    "Python's, indented": "    >>> def f(x):\n    ...     return [g(i) for i in x]",
    "IPython's": f"In [1]: {LOOPY}",
    "IPython's, going on": "In [12]: def f(x):\n    ...:     return [g(i) for i in x]\n    ...:",
    "before a magic": f">>> %matplotlib inline\n>>> {LOOPY}",
    "before a cell's magic": f">>> %%time\n>>> {LOOPY}",
    "what a string hides": f'if 0:\n    x = """\n>>> """\n    """s"""\n    ...\n    {LOOPY}',
}


@pytest.mark.parametrize("name", PROMPTS)
def test_prompts_are_taken_away(name: str) -> None:
    """What was pasted from a terminal is read as IPython runs it."""
    assert facts([CLEAN, PROMPTS[name]], "f").has_loop


def test_a_prompt_before_an_error_hides_nothing() -> None:
    """A cell of prompts that raised may have bound what stands in it before."""
    cell = ">>> f = loops\n>>> raise ValueError"
    loops = "def loops(x): return [one for one in x]"
    assert Definitions([loops, CLEAN, cell], [cell]).facts("f").has_loop


def test_examples_in_a_docstring_are_no_prompts() -> None:
    """A function whose text shows how it is called is read as it stands."""
    cell = 'def f(x):\n    """Sum.\n\n    >>> f([1])\n    1\n    """\n    return x.sum()'
    assert facts([cell], "f").text == cell


FILES = {
    "run": "%run helper.py",
    "run with options": "%run -i ./helper.py",
    "run in a branch": "if 1:\n    %run helper.py",
    "run for its value": "x = %run helper.py",
    "run and timed": "%time %run helper.py",
    "run and timed, without its sign": "%time run helper.py",
    "run without its sign": "run helper.py",
    "run in a timed cell": "%%time\n%run helper.py",
    "loaded": "%load_ext helper",
    "loaded again": "%reload_ext helper.parts",
    "stored": "%store -r",
    "imported and timed": "%time from helper import f",
    "imported all and timed": "%time from helper import *",
    "given and timed": "%timeit -n 1 -r 1 global f; f = g",
    "given in a timing": "%time (f := g)",
    "given in a tuple": "%time f, x = g, 1",
    "given without its sign": "time f = g",
    "given beside a cell's magic": "%%prun f = g\npass",
}


@pytest.mark.parametrize("name", FILES)
def test_a_magic_that_may_give_values_is_not_believed(name: str) -> None:
    """What was defined before `%run helper.py` may be the file's; what is defined behind it is the notebook's."""
    assert not facts([CLEAN, FILES[name]], "f").text
    assert facts([FILES[name], CLEAN], "f").text == CLEAN


def test_a_file_that_is_run_at_the_top_of_a_cell() -> None:
    """What the cell defines below is the notebook's own."""
    assert facts([f"%run helper.py\n%load_ext helper\n{CLEAN}"], "f").text == CLEAN


@pytest.mark.parametrize(
    "cell",
    [
        "%load_ext autoreload\n%autoreload 2",
        "%load_ext memory_profiler",
        "%matplotlib inline",
        "%timeit -n 5 -r 1 f(x)",
        "%timeit -n 5 [f(y) for y in x]",
        "%time y = f(x)",
        "timeit f(x)",
        "time y = f(x)",
        "%prun -s cumulative f(x)",
        "%memit f(x)",
        "%pip install f",
        "!pip install f",
        "!run f",
        "%cd f",
        "%env MODE=f",
        "%store f",
        "%nothing f",
        "%%timeit\nf(x)",
        "%%bash\nrun f",
        "%%writefile f.py\nf = 1",
        "run = f(x)\nrun - 1",
        ">>> f(x)\n3",
    ],
)
def test_magics_that_give_no_values_cost_nothing(cell: str) -> None:
    """A timing, a command and an extension leave what was defined before as it is."""
    assert facts([CLEAN, cell], "f").text == CLEAN


ATTEMPTS = ["def f(x):\n    return (x", "%timeit f(x)\nprint(f(x)", ">>> f(x)\n[1 2]", "f = (1", "def f(x: return x"]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_python_cannot_take_defines_nothing(attempt: str) -> None:
    """An attempt with an error in its syntax, which never ran, costs no answer."""
    assert Definitions([CLEAN, attempt], [attempt]).facts("f").text == CLEAN


HOSTILE = {
    "magics": "%a\n" * 60_000 + "x",
    "questions": "?" * 190_000 + "x",
    "questions apart": "x" + " ?" * 95_000 + "x",
    "questions line by line": "a?\n" * 60_000 + "x",
    "continued commands": "!a \\\n" * 40_000 + "x",
    "values of magics": "x = %pwd\n" * 20_000 + "x",
    "quotes": "%a\n" + "'" * 190_001,
    "quotes and backslashes": "%a\n" + '"""' + "\\'''\"" * 38_000 + "\\",
    "open brackets": "%a\n" + "(" * 190_000,
    "brackets line by line": "%a\n" + ")\n" * 90_000,
    "strings": "%a\n" + "''\n\"\"\n" * 30_000 + "x",
    "indented lines": (" " * 40 + "%a\n") * 4_000,
    "cell magics": "%%time\n" * 25_000,
    "signs": "%a\n" + "=" * 190_000,
    "values in magics": "%time a = b\n" * 15_000,
    "prompts": ">>> a\n" * 30_000,
    "prompts and quotes": ">>> '''a'''\n" * 13_000,
    "prompts and very many quotes": ">>> " + "'''a" * 48_000,
    "lines of IPython's": "In [1]: a\n   ...: a\n" * 8_000,
    "names in a magic": "%a " + "a=" * 90_000,
    "stars": "from a import *\n" * 5_000 + "".join(f"a{n}=1\nfrom a import *\n" for n in range(4_500)),
    "well-known stars": "".join(f"a{n}=1\nfrom torch import *\n" for n in range(6_000)),
    "attributes": "def a(): pass\n" + "a.b = 1\n" * 20_000,
    "attributes of attributes": "def a(): pass\n" + ("a" + ".register" * 200 + "\n") * 100,
    "aliases": "".join(f"a{n + 1} = a{n}\na{n + 1}.x = 1\n" for n in range(8_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_lines_for_ipython_take_no_time(name: str) -> None:
    """Commands, strings and changes, however many, are read in a time that grows with the source's length alone."""
    before = time.process_time()
    facts([HOSTILE[name][: SOURCE_LIMIT - 100], "def f(x): return a0"], "f")
    assert time.process_time() - before < 5
