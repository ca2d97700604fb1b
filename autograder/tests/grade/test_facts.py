"""What the source says, read without running it."""

from __future__ import annotations

import gc
import importlib
import time
import weakref

import pytest

from autograder.compare import Mismatch
from autograder.grade.facts import Definitions, Facts
from autograder.grade.statements import SOURCE_LIMIT


def facts(cells: list[str], name: str) -> Facts:
    return Definitions(cells).facts(name)


LOOPS = [
    "for i in x: pass",
    "while x: x = x[1:]",
    "y = [i for i in x]",
    "y = {i for i in x}",
    "y = {i: i for i in x}",
    "y = sum(i for i in x)",
    "y = list(map(abs, x))",
    "m = map; y = list(m(abs, x))",
    "from functools import reduce; y = reduce(max, x)",
    "y = itertools.accumulate(x)",
    "y = ft.reduce(max, x)",
    "y = builtins.map(abs, x)",
    "def inner(x, map=map): return map(abs, x)\n    y = inner(x)",
    "y = np.vectorize(abs)(x)",
    "v = np.vectorize; y = v(abs)(x)",
    "y = np.apply_along_axis(abs, 0, x)",
    "y = functools.reduce(max, x)",
    "y = torch.vmap(abs)(x)",
    "y = x.apply_(abs)",
    "y = f(x[1:])",
    "y = helper(x)",
    "y = even(x)",
    "exec('for i in x: pass')",
    "y = eval('[i for i in x]')",
    "def inner():\n        for i in x: pass\n    inner()",
    "def inner():\n        helper = 1\n    y = helper(x)",
    "global helper\n    helper = helper\n    y = helper(x)",
    "y = Walker(x).walk()",
    "from builtins import map as walk; y = list(walk(abs, x))",
    "import builtins as b; y = list(b.map(abs, x))",
    "import numpy as tz; y = list(tz.map(abs, x))",
    "y = sorted(x, key=abs)",
    "y = sorted(x, **{'key': abs})",
    "y = getattr(np, 'vectorize')(abs)(x)",
    "y = getattr(np, 'vec' + 'torize')(abs)(x)",
    "look = getattr; y = look(np, 'vec' + 'torize')(abs)(x)",
    "y = vars(np)['vec' + 'torize'](abs)(x)",
    "y = np.__dict__['vec' + 'torize'](abs)(x)",
    "y = operator.attrgetter('vec' + 'torize')(np)(abs)(x)",
    "y = operator.attrgetter('vectorize')(np)(abs)(x)",
    "y = operator.methodcaller(name, abs)(x)",
    "from operator import methodcaller as m; y = m('vec' + 'torize', abs)(np)(x)",
    "import sys; y = sys.modules['quick'].walk(x)",
    "from sys import modules as m; y = m['quick'].walk(x)",
    "import importlib; y = importlib.import_module('quick').walk(x)",
    "import threading as t; t.Thread(target=x.walk).start()",
    "y = pool.submit(x.walk).result()",
    "from concurrent.futures import ThreadPoolExecutor as P; y = P().map(abs, x)",
    "import subprocess; y = subprocess.run(x)",
]
HELPERS = """
def helper(x):
    for i in x: pass
def even(x): return odd(x[1:])
def odd(x): return even(x[1:])
class Walker:
    def walk(self):
        while True: pass
"""


@pytest.mark.parametrize("body", LOOPS)
def test_loops(body: str) -> None:
    """A loop is a loop in every dress, also behind helpers, aliases and strings."""
    assert facts([HELPERS, f"def f(x):\n    {body}\n    return x"], "f").has_loop


IMPORTS = {
    "from builtins import map as walk": "walk(abs, x)",
    "import builtins as b": "b.map(abs, x)",
    "from itertools import starmap as s": "s(abs, x)",
    "from functools import reduce as r": "r(max, x)",
    "from numpy import vectorize as v": "v(abs)(x)",
    "from pip import main\nimport pip as tz": "tz.map(abs, x)",
    "from multiprocessing.pool import ThreadPool\npool = ThreadPool()": "pool.apply(x.walk)",
    "from torch.multiprocessing import Pool as P": "P().starmap_async(abs, x)",
    "from operator import attrgetter as a": "a('vec' + 'torize')(np)(abs)(x)",
    "import _thread as t": "t.start_new_thread(x.walk, ())",
    "import ctypes as c": "c.CDLL(None)",
}


@pytest.mark.parametrize("name", IMPORTS)
def test_a_loop_under_an_imported_name(name: str) -> None:
    """What an import lets a name stand for is looked at, as what it is called is."""
    assert facts([name, f"def f(x): return {IMPORTS[name]}"], "f").has_loop


HIDDEN = {
    "itself": ["def f(x): return [i for i in x]", "f = f"],
    "a copy": ["def f(x): return [i for i in x]", "g = f\ndef f(x): return g(x)"],
    "a wrapper": ["def f(x): return x.sum()", "def loops(g): return lambda x: [g(i) for i in x]", "f = loops(f)"],
    "a decorator": ["def loops(g): return lambda x: [g(i) for i in x]\n@loops\ndef f(x): return x.sum()"],
    "a condition": ["if True:\n    def f(x): return [i for i in x]"],
    "an attempt": ["try:\n    f = lambda x: [i for i in x]\nfinally:\n    pass"],
    "an annotation": ["f: object = lambda x: [i for i in x]"],
}


@pytest.mark.parametrize("name", HIDDEN)
def test_definitions_that_hide_a_loop(name: str) -> None:
    """What a name was before is looked at where the new value is made of it."""
    assert facts(HIDDEN[name], "f").has_loop


STRAIGHT = [
    "helper = x.mean(); return x - helper",
    "def even(y): return y\n    return even(x)",
    "return (x.sum()\n    % 7)",
    "\n# at the margin\n    return x.sum()",
    "return x.sum(1)",
    "return torch.stack([x, x]).mean(0)",
    "if len(x): return x\n    return -x",
    "return x @ x.T",
    "return x.sum(dtype=getattr(x, 'dtype', None))",
    "return operator.methodcaller('sum', axis=1)(x)",
    "return operator.attrgetter('T.sum')(x)()",
    "import sys; return x / sys.float_info.max",
    "from math import sqrt; return sqrt(2) * x",
    "from scipy.ndimage import uniform_filter as smooth; return smooth(x)",
]


@pytest.mark.parametrize("body", STRAIGHT)
def test_no_loops(body: str) -> None:
    """Vectorised code has none, whatever stands beside it."""
    cells = [HELPERS, "for i in range(3): print(i)", f"def f(x):\n    {body}"]
    assert not facts(cells, "f").has_loop


def test_last_definition_counts() -> None:
    """As in Python."""
    found = facts(["def f(x): return [i for i in x]", "def f(x): return x.sum()"], "f")
    assert (found.has_loop, found.text, found.calls) == (False, "def f(x): return x.sum()", {"sum"})


def test_lambda_and_assignment() -> None:
    """A part may be a lambda."""
    assert facts(["f = lambda x: [i for i in x]"], "f").has_loop
    assert not facts(["f = lambda x: x.sum()"], "f").has_loop


def test_magics_are_passed_over() -> None:
    """Lines for IPython do not hide the code around them."""
    assert facts(["%matplotlib inline\n!ls\ndef f(x):\n    for i in x: pass"], "f").has_loop
    assert facts(["%%time\nif 1:\n    !ls\n    def f(x):\n        %time y = x\n        return y"], "f").text


def test_decorated_by_hand() -> None:
    """`f = timed(f)` is no recursion, and the text is the definition's."""
    found = facts(["def f(x): return x.sum()\nf = torch.compile(f)"], "f")
    assert (found.has_loop, found.text, found.calls) == (False, "def f(x): return x.sum()", {"sum", "compile"})


LONG = {
    "a chain": "\n".join(f"def f{n}():f{n + 1}()" for n in range(9000)),
    "blanks": " " * (SOURCE_LIMIT - 1000) + "x",
    "blanks and questions": "x" + " ?" * (SOURCE_LIMIT // 2 - 1000) + "x",
    "an import of many parts": "import " + "a." * 90_000 + "a",
    "an import over many lines": "import " + "a.\\\n" * 40_000 + "a",
    "an import behind a form feed": "from " + "a.\f" * 60_000 + "a import a",
    "imports under one name": "import " + ",".join(f"x{n} as b" for n in range(15_000)),
    "loops in loops": "".join(" " * n + "for i in x:\n" for n in range(95)) + (" " * 95 + "i = 1\n") * 1800,
}


@pytest.mark.parametrize("name", LONG)
def test_long_source_takes_no_time(name: str) -> None:
    """Whatever a cell is full of is read in a time that grows with its length alone."""
    before = time.process_time()
    found = Definitions([LONG[name], "def f(x): return f0()"]).facts("f")
    assert not found.has_loop
    assert "f0" in found.names
    assert time.process_time() - before < 10


def test_many_names_that_stand_for_much_take_no_time() -> None:
    """What an imported name stands for is taken in once, however often the name comes."""
    imported = "import " + ",".join(f"x{n} as b" for n in range(8_000))
    used = "def f(x): return [" + "b," * 30_000 + "]"
    before = time.process_time()
    assert {"x0", "x7999", "b"} <= facts([imported, used], "f").names
    assert time.process_time() - before < 3


def test_syntax_of_a_submission_is_forgotten_with_it() -> None:
    """A class's definitions, kept, would fill the memory of whoever judges it."""
    text = "def f(x):\n" + "    x = x + g(x)\n" * 5000
    definitions = Definitions([text])
    assert not definitions.facts("f").has_loop
    node = weakref.ref(definitions.facts("f").nodes[0])
    assert node() is not None
    del definitions
    gc.collect()
    assert node() is None


UNREADABLE = [
    "(" * 10_000,
    "-" * 100_000 + "1",
    "a." * 60_000 + "b",
    "1+" * 90_000 + "1",
    "f(" * 30_000,
    "lambda:" * 20_000 + "1",
    "x" + "[0]" * 60_000,
    "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 600)),
    "\x00",
    "def f(x",
    "'''" + "x" * 100_000,
    "f'{" * 200,
]


@pytest.mark.parametrize("source", UNREADABLE, ids=range(len(UNREADABLE)))
def test_unreadable_source(source: str) -> None:
    """What Python's parser cannot take is no definition, and no crash."""
    found = facts([source, f"def f(x):\n    return {source}"], "f")
    assert found.text == "" or not found.text.startswith("def g")


def test_long_cells_do_not_hide_short_ones() -> None:
    """A cell that holds data is not read, and takes no room from the others; all that is read has a bound."""
    data = f"data = {'x' * SOURCE_LIMIT!r}"
    assert facts([data, "def f(x): return x.sum()"], "f").text
    assert not facts(["pass\n" * (SOURCE_LIMIT // 5), "def f(x): return x.sum()"], "f").text


FOREIGN = {
    "a wrapper": ["from faster import quick", "def f(x): return quick(x)"],
    "another name": ["from faster import quick as q", "g = q\ndef f(x): return g(x)"],
    "a module": ["import faster", "def f(x): return faster.quick(x)"],
    "a module inside": ["def f(x):\n    import faster\n    return faster.quick(x)"],
    "a name inside": ["def f(x):\n    from faster.parts import quick\n    return quick(x)"],
    "this folder": ["from .faster import quick", "def f(x): return quick(x)"],
    "a helper": ["from faster import quick", "def g(x): return quick(x)", "def f(x): return g(x)"],
    "a decorator": ["from faster import quick", "@quick\ndef f(x): return x.sum()"],
    "a well-known name": ["import numpy as np", "from faster import np", "def f(x): return np.sum(x)"],
    "a star": ["from faster import *", "def f(x): return quick(x)"],
    "a star over an import": ["import math as quick", "from faster import *", "def f(x): return quick(x)"],
    "a star's module": ["from faster import *", "def f(x): return parts.quick(x)"],
    "a star behind a helper": ["def g(x): return x", "from faster import *", "def f(x): return g(x)"],
    "a run file": ["%run faster.py", "def f(x): return quick(x)"],
    "the grader": ["from autograder.compare import shown", "def f(x): return shown(x)"],
    "the notebook": ["from __main__ import quick", "def f(x): return quick(x)"],
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_a_file_beside_the_notebook_does_is_not_believed(name: str) -> None:
    """A definition that only asks a file is no source that can be read, and the sentence says what to do."""
    with pytest.raises(Mismatch, match="write it in a cell of the notebook"):
        _ = facts(FOREIGN[name], "f").has_loop


PLAIN = "def f(x: Vector) -> Vector: return np.sum(x) + len(x)"
OWN_FILES = {
    "an import for something else": ["import plots\nfrom plots import draw", "draw(f)", PLAIN],
    "a name that was defined again": [
        "from mine import mean",
        "def mean(x): return x.mean()",
        "def f(x): return mean(x)",
    ],
    "a star for something else": ["from plots import *\nimport math as m", "def f(x): return np.sum(x) / m.pi"],
    "a type": ["from mine import Vector, plots", "plots.draw(f)", PLAIN],
    "an import that may fail": ["try:\n    import faster\nexcept ImportError:\n    faster = None", PLAIN],
    "threads that nobody asks": ["import threading\nfrom concurrent.futures import ThreadPoolExecutor", PLAIN],
    "loops elsewhere": ["y = list(map(abs, sorted(x, key=abs)))", "def g(x): return list(map(abs, x))", PLAIN],
    "a file that is run": ["%run plots.py\n%load_ext nothing_known", PLAIN],
    "a package": ["import cv2", "def f(x): return cv2.mean(x)"],
}


@pytest.mark.parametrize("name", OWN_FILES)
def test_own_files_for_something_else_cost_nothing(name: str) -> None:
    """A helper file, a thread and a loop that the function does not ask leave it as it is."""
    found = facts(OWN_FILES[name], "f")
    assert (found.text, found.has_loop) == (OWN_FILES[name][-1], False)


REBOUND = {
    "an import": ["def f(x): return x.sum()", "from helpers import loops as f"],
    "a loop": ["def f(x): return x.sum()", "for f in [print]: pass"],
    "a tuple": ["def f(x): return x.sum()", "f, g = print, 1"],
    "a walrus": ["def f(x): return x.sum()", "(f := print)"],
    "a condition": ["def f(x): return x.sum()", "if f := print:\n    pass"],
    "a context": ["def f(x): return x.sum()", "with open('x') as f:\n    pass"],
    "an error": ["def f(x): return x.sum()", "try:\n    1 / 0\nexcept Exception as f:\n    pass"],
    "a case": ["def f(x): return x.sum()", "match print:\n    case f:\n        pass"],
    "the rest of a case": ["def f(x): return x.sum()", "match {}:\n    case {**f}:\n        pass"],
    "another language": ["f = print", "%%script true\ndef f(x): return x.sum()"],
    "a timing": ["f = print", "%%timeit\ndef f(x): return x.sum()"],
    "a function": ["def f(x): return x.sum()", "def g():\n    global f\n    f = print\ng()"],
    "a class": ["def f(x): return x.sum()", "class G:\n    global f\n    f = print"],
    "a long cell": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\ndef f(x): return list(map(abs, x))"],
    "a long cell's import": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\nfrom helpers import f"],
    "a long cell's walrus": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\n(f := print)"],
    "a long cell's star": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\nfrom helpers import *"],
    "a long cell's file": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\n%run helpers.py"],
    "a long cell's letters": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\n\uff46 = print"],
    "a function that runs a file": ["def f(x): return x.sum()", "def g():\n    %run helpers.py\ng()"],
    "a long cell's name": ["def f(x): return x.sum()", "#" * SOURCE_LIMIT + "\nf = print"],
}
INNER = {
    "for": "for _ in 'x':\n    {}",
    "while": "while True:\n    {}\n    break",
    "else": "for _ in '':\n    pass\nelse:\n    {}",
    "match": "match 0:\n    case 0:\n        {}",
    "try": "try:\n    {}\nexcept* ValueError:\n    pass",
    "except": "try:\n    1 / 0\nexcept Exception:\n    {}",
    "with": "with x:\n    {}",
    "a command": "files = !ls\n{}",
    "help": "f?\n{}",
}


@pytest.mark.parametrize("name", INNER)
def test_definitions_inside_of_something_are_definitions(name: str) -> None:
    """What runs last counts, wherever it stands; and no clean one in front of it."""
    cell = INNER[name].format("def f(x): return [one for one in x]")
    assert facts(["def f(x): return x.sum()", cell], "f").has_loop


CLEAN, LOOPY = "def f(x): return x.sum()", "def f(x): return [one for one in x]"
PERHAPS = {
    "the other branch": [f"if x:\n    {LOOPY}\nelse:\n    {CLEAN}"],
    "a branch that never runs": [LOOPY, f"if False:\n    {CLEAN}"],
    "a loop that never runs": [LOOPY, f"while 0:\n    {CLEAN}"],
    "a loop over nothing": [LOOPY, f"for _ in []:\n    {CLEAN}"],
    "the branch of always": [f"if True:\n    {LOOPY}\nelse:\n    {CLEAN}"],
}


@pytest.mark.parametrize("name", PERHAPS)
def test_what_perhaps_never_ran_hides_nothing(name: str) -> None:
    """A clean definition that is not run does not stand for the one that is."""
    assert facts(PERHAPS[name], "f").has_loop


def test_what_stands_behind_an_error_hides_nothing() -> None:
    """Of a cell that did not run to its end nobody knows what it defined."""
    behind = f"raise SystemExit\n{CLEAN}"
    assert not Definitions([LOOPY, behind]).facts("f").has_loop
    assert Definitions([LOOPY, behind], [behind]).facts("f").has_loop


@pytest.mark.parametrize(
    "cell",
    [
        f"if False:\n    {LOOPY}",
        "print([f for f in 'abc'])",
        "print(sum(len(f) for f in [[]]), {f: f for f in ''}, {f for f in ''})",
        "f: object",
    ],
)
def test_what_binds_nothing_takes_nothing_away(cell: str) -> None:
    """An old attempt that never runs and a comprehension's own variable leave an answer as it is."""
    found = facts([CLEAN, cell], "f")
    assert (found.text, found.has_loop) == (CLEAN, False)


NAMED = {
    "called": ["def f(x): return torch.cdist(x, x)"],
    "another name": ["far = torch.cdist", "def f(x): return far(x, x)"],
    "another name inside": ["def f(x):\n    far = torch.cdist\n    return far(x, x)"],
    "an import": ["from torch import cdist as far", "def f(x): return far(x, x)"],
    "an import inside": ["def f(x):\n    from torch import cdist as far\n    return far(x, x)"],
    "a module": ["import torch.cdist as far", "def f(x): return far.pairs(x, x)"],
    "a string": ["def f(x): return getattr(torch, 'cdist')(x, x)"],
    "bytes": ["def f(x): return getattr(torch, b'cdist'.decode())(x, x)"],
    "a helper": ["def far(x): return torch . cdist (x, x)", "def f(x): return far(x)"],
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_is_seen_in_every_dress(name: str) -> None:
    """What a part forbids is found where it is mentioned, not only where it is called by its own name."""
    assert "cdist" in facts(NAMED[name], "f").names


def test_only_what_is_reached_is_named() -> None:
    """Another part's import, a docstring, however short, and a comment say nothing of this one."""
    assert "cdist" not in facts(["def f(x):\n    'torch.cdist'\n    return x"], "f").names
    cells = ["from torch import cdist\nimport csv", "def f(x):\n    '''Without torch.cdist.'''  # cdist\n    return x"]
    assert "cdist" not in facts(cells, "f").names


@pytest.mark.parametrize("name", REBOUND)
def test_names_that_get_a_value_that_cannot_be_read(name: str) -> None:
    """A definition counts only where nothing else gave its name a value later, and where it is run at all."""
    assert facts(REBOUND[name], "f").text in ("", "f = print")


def test_one_value_of_many_names_takes_no_time() -> None:
    """Thousands of names for one value that mentions them all are read in a time that grows with their number alone."""
    names = [f"f{n}" for n in range(9000)]
    cell = "=".join(names) + "=[" + ",".join(names) + "]"
    before = time.process_time()
    assert not facts([cell, "def f(x): return f0"], "f").has_loop
    assert time.process_time() - before < 10


TEMPTED = {
    "a loop that breaks off": "while True:\n    break\n    {}",
    "a context that swallows": "with contextlib.suppress(Exception):\n    1 / 0\n    {}",
    "a context in a branch": "if True:\n    with x:\n        1 / 0\n        {}",
    "an output that is caught": "%%capture\n1 / 0\n{}",
    "an output that is caught, with a name": "%%capture words\n1 / 0\n{}",
    "a profile": "%%prun\nraise SystemExit\n{}",
    "a timing": "%%time --no-raise-error\n1 / 0\n{}",
}


@pytest.mark.parametrize("name", TEMPTED)
def test_what_may_have_ended_early_hides_nothing(name: str) -> None:
    """Behind an error that something swallows, or a `break`, a clean definition never ran."""
    cell = TEMPTED[name].format(CLEAN.replace("\n", "\n    "))
    assert facts([LOOPY, cell], "f").has_loop
    assert not facts([cell], "f").has_loop
    assert facts([cell], "f").text == CLEAN


STARRED = {
    "a side file": "from helper import *",
    "a side file's part": "from helper.parts import *",
    "a file of this folder": "from .numpy import *",
    "a branch": "if x:\n    from helper import *",
    "what is not loaded": "from torchvision.nothing import *",
    "a module of the grader's": "from autograder.grade.facts import *",
}


@pytest.mark.parametrize("name", STARRED)
def test_a_star_may_bind_every_name(name: str) -> None:
    """What was defined before is not believed any more; what is defined behind it is."""
    assert not facts([CLEAN, STARRED[name]], "f").text
    assert facts([STARRED[name], CLEAN], "f").text == CLEAN
    assert facts([STARRED[name], f"%%time\n{CLEAN}"], "f").text == CLEAN


def test_a_star_takes_no_definition_away() -> None:
    """Where it may bind nothing at all, a helper's loop is still the helper's."""
    assert facts([HELPERS, "from nothing import *", "def f(x): return helper(x)"], "f").has_loop


@pytest.mark.parametrize("module", ["math", "os.path", "pathlib", "torch", "torch.nn.functional", "numpy"])
def test_a_well_known_star_binds_what_it_has(module: str) -> None:
    """An import of everything costs no answer but the ones whose names it has."""
    importlib.import_module(module)
    star = f"from {module} import *"
    assert facts([CLEAN, star], "f").text == CLEAN
    if module == "torch":
        cells = ["def softmax(x): return x", star]
        assert not facts(cells, "softmax").text
        assert facts(cells[::-1], "softmax").text


IMPORTED = {
    "an attempt": "try:\n    from faster import quick as f\nexcept ImportError:\n    def f(x): return x.sum()",
    "a branch": "from faster import quick as f\nif x:\n    def f(x): return x.sum()",
    "a wrapper": "from faster import quick as f\nf = timed(f)",
    "what ended early": "from faster import quick as f\nwhile True:\n    break\n    def f(x): return x.sum()",
}


@pytest.mark.parametrize("name", IMPORTED)
def test_what_perhaps_replaced_an_import_is_not_believed(name: str) -> None:
    """Where what runs may be a side file's, no definition beside it is read for it."""
    assert not facts([IMPORTED[name]], "f").text


def test_a_loop_over_nothing_takes_no_helper_away() -> None:
    """What a helper was is still looked at where perhaps nothing gave its name a value."""
    assert facts([HELPERS, "for helper in []: pass", "def f(x): return helper(x)"], "f").has_loop


MENDED = {
    "its code": "f.__code__ = other.__code__",
    "its code, by another name": "g = f\ng.__code__ = other.__code__",
    "its code, by a function": "setattr(f, '__code__', other.__code__)",
    "its code, by a method": "f.__setattr__('__code__', other.__code__)",
    "its code, in a tuple": "f.__code__, x = other.__code__, 1",
    "its code, in a branch": "if x:\n    f.__code__ = other.__code__",
    "its attributes": "f.__dict__['__wrapped__'] = other",
    "one type of many": "@f.register(torch.Tensor)\ndef _(x): return [one for one in x]",
    "one type by its note": "@f.register\ndef _(x: torch.Tensor): return [one for one in x]",
    "one type by a call": "f.register(torch.Tensor, other)",
    "one type by two calls": "f.register(torch.Tensor)(lambda x: [one for one in x])",
    "itself": "f.__code__ = again.__code__",
}


@pytest.mark.parametrize("name", MENDED)
def test_what_changes_a_definition_belongs_to_it(name: str) -> None:
    """A function that is given other code runs that, whatever stands in its definition."""
    others = "def other(x): return [one for one in x]\ndef again(x): return f(x[1:])"
    found = facts([others, f"@functools.singledispatch\n{CLEAN}", MENDED[name]], "f")
    assert (found.has_loop, "sum" in found.calls) == (True, True)


@pytest.mark.parametrize(
    "cell",
    [
        "f.calls = 0",
        "f.__doc__ = 'A sum.'",
        "other.calls = [n for n in 'x']",
        "x.f = [n for n in 'x']",
        "sizes.all = [n for n in 'x']",
        "g = f\ng = Namespace()\ng.all = [n for n in 'x']",
        "@f.register(torch.Tensor)\ndef _(x): return x.sum()",
    ],
)
def test_attributes_that_change_no_run(cell: str) -> None:
    """A counter, a text and another object's attributes leave an answer as it is."""
    cells = ["def other(x): pass\nsizes = Namespace()", "def f(x): return x.sum(sizes.all)", cell]
    found = facts(cells, "f")
    assert (found.has_loop, found.text) == (False, cells[1])
