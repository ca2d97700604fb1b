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


UNREAD = {
    "what is taken away by IPython": f">>> {LOOPY}",
    "an import of very many parts": f"if 0:\n    import {'a.' * 600}a\n{LOOPY}",
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_ran_and_cannot_be_read_hides_nothing(name: str) -> None:
    """A cell that IPython reads and nobody else may have defined what its text names."""
    assert not facts([CLEAN, UNREAD[name]], "f").text
    assert facts([UNREAD[name], CLEAN], "f").text == CLEAN


def test_what_python_cannot_take_defines_nothing() -> None:
    """An attempt with an error in its syntax, which never ran, costs no answer."""
    attempt = "def f(x):\n    return (x"
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
