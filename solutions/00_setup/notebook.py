# %% [markdown]
r"""
# Set up: your machine, your notebook, your first hand-in

*No points that count · about [[minutes]] minutes, downloads not included*

This notebook is a rehearsal. You find out whether your machine is ready, learn the keys that save an hour a week, see
the trap into which everybody falls once, hand in, and read what comes back. **Whatever goes wrong here costs nothing.**

You need Python's functions, `if` and lists, and no deep learning at all.

**How to read a notebook of this course**

- A notebook is a row of *cells*: text like this one, and code. Click a code cell and press
  <kbd>Shift</kbd> <kbd>Enter</kbd>: it runs, and what it prints stands below it.
- Behind the page sits the *kernel*: the Python program that runs your cells and remembers what they made.
- *Predict* cells come before *run* cells. Write your guess first, even a wild one; guesses are never graded.
- A *part* is a function that you write, where `raise NotImplementedError` stands; delete that line. After it comes a cell
  that tries your function on an example. A line that begins with `assert` says nothing when all is well, and stops with an
  `AssertionError` when it is not. Hidden tests then call your function with other inputs than those shown.
- Cells that are not yours to change are locked. If one changes all the same, nothing is lost: for grading the original
  is put back.
- The cell under "This raises" shows an error on purpose. It is marked so that running all cells goes on behind it.
- A line with a small triangle, such as ▸ *Hint 1*, opens when you click it.
"""

# %% [markdown]
r"""
## 1 · Is your machine ready?

If you read this inside JupyterLab or VS Code, most of the work is done: Python is installed, and so is Jupyter. Not
yet? The `README.md` in the zip of this course has the commands for Windows, macOS and Linux, four lines each. In Google
Colab, a notebook service in the browser, nothing is installed: the next two cells do what is needed there.
Everywhere else they do nothing. Run them all the same.
"""

# %% colab_drive kind="setup"
# In Google Colab: work in this exercise's folder in Google Drive, since Colab deletes its own disk. Elsewhere: nothing.
import sys

if "google.colab" in sys.modules:
    import os
    from pathlib import Path

    from google.colab import drive

    drive.mount("/content/drive")
    for above in ("", "*/", "*/*/", "*/*/*/"):
        folders = sorted(Path("/content/drive/MyDrive").glob(above + "exercises/00_setup"))
        if folders:
            os.chdir(folders[-1])
            break
    else:
        print("Put the unpacked folder of the course into your Google Drive and open this notebook from there.")
    print("This notebook works in", Path.cwd())

# %% colab_wheel kind="setup"
# In Google Colab: install the course's package where it is not yet there. Everywhere else this cell does nothing.
if "google.colab" in sys.modules:
    import importlib.util
    import subprocess

    name = "coursedata-*.whl"
    wheels = [*Path().glob(name), *Path("../..").glob(name), *Path("/content/drive/MyDrive").glob(f"*/{name}")]
    if importlib.util.find_spec("coursedata"):
        print("coursedata is installed")
    elif wheels:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", str(wheels[0])], check=True)
    else:
        print("Upload coursedata-….whl from the course's zip (the folder icon on the left), and run this cell again.")

# %% imports kind="setup"
import torch

from coursedata.console import render
from coursedata.doctor import examine

# %% [markdown]
r"""
**Did the last cell stop with `ModuleNotFoundError`?** Then this notebook runs in another Python than the one into which
you installed the course: the most common trouble of a first week. VS Code: click the name of the kernel in the top
right corner, and choose the environment `.venv` of the course's folder. JupyterLab: close it, and start it again by the
line of the course's README, which begins with `.venv`. Then run the cell again.

### Predict
Before you look: does your machine have a graphics card (*GPU*) that PyTorch can use? Write `"cuda"` (a card by NVIDIA),
`"mps"` (a Mac with Apple's own chip) or `"cpu"` (neither; that is enough for all of this course).
"""

# %% guess_device kind="free"
guess_device = None

# %% environment_report kind="example"
print(render(list(examine())))
print()
print("you guessed", guess_device)

# %% device_explained [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): how can a machine have a graphics card, and its report say `cpu` all the same?*
"""

# %% [markdown]
r"""
This is your **environment report**. One line for each thing that was looked at:

| sign | meaning |
| --- | --- |
| `✓` or `ok` | as it should be |
| `!` | works; the line says what would be better |
| `✗` or `X` | must be mended before next week; the line says how |

The line *torch device* answers your guess. It does not ask which card there is, but which one **this** PyTorch can
calculate on: graphics built into a processor are mostly none of these, and a PyTorch whose version ends in `+cpu` was made
for processors alone. On a notebook computer the line mostly says `cpu`, and that is fine: whatever trains in this course
does so in minutes on two CPU cores.

The same report comes in a terminal, in the course's folder, from the course's own Python:
`.venv/bin/python -m coursedata doctor`, on Windows `.venv\Scripts\python -m coursedata doctor`. When you ask somebody for help, send the report along. It saves three questions.

**Open question**: the report names one Python, with its path. Where else on your machine may there be another?
"""

# %% [markdown]
r"""
## 2 · Keys

**Why.** The mouse is slow, and you will run, add and undo cells some thousand times.

**Two modes.** With a blinking cursor in a cell you *edit*. <kbd>Esc</kbd> leaves the cell for *command mode*, where single
letters are orders; <kbd>Enter</kbd> goes back in. If letters do strange things, you are in command mode: press
<kbd>Enter</kbd>.

| what | JupyterLab | VS Code | Colab |
| --- | --- | --- | --- |
| run, go to the next cell | <kbd>Shift</kbd> <kbd>Enter</kbd> | the same | the same |
| run, stay | <kbd>Ctrl</kbd> <kbd>Enter</kbd> | the same | the same |
| complete a name | <kbd>Tab</kbd> | <kbd>Tab</kbd> | <kbd>Tab</kbd> |
| what does this function do? | <kbd>Shift</kbd> <kbd>Tab</kbd> | hover | hover |
| comment lines out and in | <kbd>Ctrl</kbd> <kbd>/</kbd> | the same | the same |
| new cell above, below | <kbd>Esc</kbd>, then <kbd>A</kbd>, <kbd>B</kbd> | the same | <kbd>Ctrl</kbd> <kbd>M</kbd>, then <kbd>A</kbd>, <kbd>B</kbd> |
| delete a cell | <kbd>Esc</kbd>, <kbd>D</kbd> <kbd>D</kbd> | the same | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>D</kbd> |
| bring it back | <kbd>Esc</kbd>, <kbd>Z</kbd> | the same | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>Z</kbd> |
| make it text; code again | <kbd>Esc</kbd>, <kbd>M</kbd>; <kbd>Y</kbd> | the same | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>M</kbd>; <kbd>Y</kbd> |
| stop what runs | <kbd>Esc</kbd>, <kbd>I</kbd> <kbd>I</kbd> | the square beside the cell | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>I</kbd> |
| restart the kernel | <kbd>Esc</kbd>, <kbd>0</kbd> <kbd>0</kbd> | *Restart* at the top | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>.</kbd> |
| save | <kbd>Ctrl</kbd> <kbd>S</kbd> | the same | the same |
| all commands, by name | <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>C</kbd> | <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>P</kbd> | <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>P</kbd> |

The table holds for **Windows** and **Linux**. On a **Mac** take <kbd>⌘</kbd> for <kbd>Ctrl</kbd>, with one exception: *run, stay* is
<kbd>Ctrl</kbd> <kbd>Enter</kbd> in JupyterLab and VS Code there, too. In Colab it is <kbd>⌘</kbd> <kbd>Enter</kbd>.

**Try it, one minute, without the mouse**, beginning in the next cell: run it and stay; comment its second line out and
run it again; leave it for command mode; make a new cell below; write `1 + 1` there and run it; delete that cell; bring
it back; delete it for good.
"""

# %% playground kind="free"
print("one")
print("two")

# %% [markdown]
r"""
## 3 · The memory that you do not see

**Why.** "But it works on my machine" is mostly even true: it works with what the kernel *still remembers*, and that stands
nowhere on the page.

**Definition.** The kernel keeps every name that any cell has ever made, until it is restarted. What it keeps
without the page showing where it came from is **hidden state**. The number in brackets left of a cell, `[3]`, says
when the cell ran: it was the third. Order in time and order on the page need not agree.

Count a pulse: somebody counted 18 beats in 15 seconds. Run these three cells.
"""

# %% pulse_beats kind="free"
beats = 18

# %% pulse_seconds kind="free"
seconds = 15

# %% pulse_rate kind="free"
print(beats * 60 / seconds, "beats a minute")

# %% [markdown]
r"""
### Predict
1. Empty the cell `seconds = 15`: delete the text and leave the cell blank. **Do not run it.** Then run the cell with
   `print` again. What happens? Write `"72.0"` or `"NameError"`.
2. Then *restart the kernel and run all cells* (JupyterLab: the menu *Kernel*; VS Code: *Restart*, then *Run All*; Colab:
   the menu *Runtime*). What happens at the cell with `print` now?

Write down both guesses before you try. (Running all goes from the top and stops at the first cell that fails.)
"""

# %% guess_hidden_state kind="free"
guess_after_emptying = None
guess_after_restart = None

# %% hidden_state_explained [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): why did the two differ?*
"""

# %% [markdown]
r"""
First it still printed 72.0: the kernel remembered `seconds` although no cell made it any more. After the restart it had
forgotten, and said `NameError: name 'seconds' is not defined`. The page was broken all the time. Only a restart shows
it. **Write `seconds = 15` back into its cell, run the cell, and go on from here.**

### This raises. Why?
The same trap with another face: nothing was deleted. The next cell has the notebook of a colleague, as three texts, and runs
them from top to bottom with an empty memory, which is what *Restart and run all* does. The numbers in brackets are hers;
on her machine it printed 72.0. Read the **last** line of the message first.
"""

# %% out_of_order_seen kind="example" tags=["raises-exception"]
sent = [
    ("[4]", "beats = 18"),
    ("[9]", "print(beats * 60 / seconds)"),
    ("[2]", "seconds = 15"),
]
memory = {}
for number, text in sent:
    print(number, text)
    exec(text, memory)

# %% [markdown]
r"""
<details><summary>What happened</summary>

Her numbers tell the order in time: `seconds = 15` ran second, long before the `print`, and stands below it. From top to bottom
the `print` comes first, and `seconds` is a name that nobody has made yet.

</details>

**The cure has two halves.** *Restart and run all* before you hand in, always. And write **functions that need nothing but
their arguments**: what a function takes in brackets it cannot forget, and nobody can change it from outside.

### Part: `heart_rate` · [[heart_rate]]

- **In**: `beats`, how many were counted; `seconds`, for how long, above 0. Whole numbers or decimal ones.
- **Out**: beats a **minute**, a decimal number (`float`), not rounded.

```text
heart_rate(18, 15)    →  72.0
heart_rate(11, 10)    →  66.0
heart_rate(20, 15.5)  →  77.41935483870968
```

<details><summary>Hint 1: print or return?</summary>

`print` shows a number to a person; `return` hands it to whoever called the function. Hidden tests call it, so they
need `return`.

</details>
<details><summary>Hint 2: the formula</summary>

It is the one of the cell above, with the function's own two names.

</details>
"""

# %% heart_rate kind="solution"
def heart_rate(beats, seconds):
    """Return the heart rate in beats a minute.

    beats: how many were counted; seconds: for how long, above 0.
    Returns: float, not rounded.
    """
    # BEGIN SOLUTION
    return 60 * beats / seconds
    # END SOLUTION

# %% heart_rate_seen kind="example"
print(heart_rate(18, 15), heart_rate(20, 15.5))
assert heart_rate(18, 15) == 72.0, "18 beats in 15 seconds are 72 a minute"
assert heart_rate(11, 10) == 66.0, "11 in 10 seconds are 66: does the function use its arguments?"

# %% [markdown]
r"""
**Open question**: when you count for 15 seconds, you may be wrong by one beat. How wrong is the rate then? And when you
count for 60?
"""

# %% [markdown]
r"""
## 4 · Where to calculate

**Why.** Every notebook of this course runs on a card by NVIDIA, on Apple's graphics, and on a plain processor. It must
therefore *choose*, and say in one place what it chose.

**Definition.** The *device* of a tensor (a block of numbers, next week's word) is where its numbers lie and where
they are calculated with. PyTorch names devices by short texts: `"cuda"`, `"mps"`, `"cpu"`.

### Part: `choose_device` · [[choose_device]]

The course's rule: `"cuda"` if there is one; else `"mps"` if there is one; else `"cpu"`.

- **In**: `cuda` and `mps`, each `True` or `False`: whether there is one. The function does not look at the machine.
- **Out**: one of the three texts.

```text
choose_device(cuda=False, mps=True)   →  "mps"
choose_device(cuda=False, mps=False)  →  "cpu"
```

<details><summary>Hint 1: the order</summary>

A machine with both has two right answers to "is there one?", and the rule names the one that wins. Ask in its order, and stop at
the first yes: `if`, `elif`, `else`.

</details>
<details><summary>Hint 2: what comes back</summary>

`cuda` and `mps` are `True` or `False` already, so `if cuda:` is a whole question. Each branch returns a text, with quotation
marks: `"cuda"` is a name of a device, `cuda` without them is `True` or `False`.

</details>
"""

# %% choose_device kind="solution"
def choose_device(cuda, mps):
    """Return the name of the device to use: cuda before mps before cpu.

    cuda, mps: bool, whether there is such a device.
    Returns: "cuda", "mps" or "cpu".
    """
    # BEGIN SOLUTION
    if cuda:
        return "cuda"
    return "mps" if mps else "cpu"
    # END SOLUTION

# %% choose_device_seen kind="example"
mine = choose_device(torch.cuda.is_available(), torch.backends.mps.is_available())
print("this machine:", mine, "·", torch.ones(3, device=mine).sum().item())
assert choose_device(cuda=False, mps=True) == "mps"

# %% [markdown]
r"""
**Open question**: why does the function take two Booleans (`True` or `False`) instead of asking PyTorch itself? (How would
you test it on a machine without a card?)
"""

# %% [markdown]
r"""
## 5 · Versions are not numbers

**Why.** "You need Python 3.11." You have 3.9. Is that more or less? The report of section 1 has asked this a dozen times.

### Predict
Which of these are `True`? Write `True` or `False` for each.
"""

# %% guess_versions kind="free"
guess_versions = {
    '"3.9" < "3.11"': None,
    "3.9 < 3.11": None,
    "[3, 9] < [3, 11]": None,
}

# %% versions_seen kind="example"
for asked, answer in {
    '"3.9" < "3.11"': "3.9" < "3.11",
    "3.9 < 3.11": 3.9 < 3.11,
    "[3, 9] < [3, 11]": [3, 9] < [3, 11],
}.items():
    print(f"{asked:18} {answer!s:6} you said {guess_versions.get(asked)}")
print("2.13.0+cpu".partition("+"))
print("2.13.0".split("."))

# %% versions_explained [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): why is only the last one right?*
"""

# %% [markdown]
r"""
Text is compared letter by letter, as in a dictionary: at the third letter `9` stands after `1`, so "3.9" is the later
one. Numbers are no better: 3.9 is more than 3.11. A version is a **row of whole numbers**, compared place by place from the
left; the first difference decides. Python's lists compare in exactly this way.

### Part: `new_enough` · [[new_enough]]

- **In**: `version` and `needed`, texts: whole numbers with dots between, one or more, as in `"3.11.4"`. Behind them may
  stand a `+` and something that does not matter, as in `"2.13.0+cpu"`.
- **Out**: `True` if `version` is `needed` or newer, else `False`.
- A place that is missing counts as 0: `"3.11"` and `"3.11.0"` are the same version.

```text
new_enough("3.9.18", "3.11")         →  False
new_enough("2.13.0+cpu", "2.13")     →  True
new_enough("3.11", "3.11.0")         →  True
```

**A rehearsal within the rehearsal**: if this one takes too long, hand it in half done. You will read in your feedback
which of the tests it passes, mend it, and hand in again.

<details><summary>Hint 1: from text to a list</summary>

`text.partition("+")[0]` is what stands before a `+`. `text.split(".")` gives a list of texts, and
`[int(place) for place in …]` makes whole numbers of them.

</details>
<details><summary>Hint 2: the missing places</summary>

`[3, 11] >= [3, 11, 0]` is `False`: where one list ends and the other goes on, the shorter comes first. So put zeros at the
end of the list of `version`: `numbers + [0] * k` adds k of them, and one too many does no harm.

</details>
"""

# %% new_enough kind="solution"
def new_enough(version, needed):
    """Return whether a version is at least the one that is needed.

    version, needed: whole numbers with dots between, such as "3.11.4"; a "+" and what follows do not matter.
    Returns: bool. Missing places count as 0.
    """
    # BEGIN SOLUTION
    have = [int(place) for place in version.partition("+")[0].split(".")]
    want = [int(place) for place in needed.partition("+")[0].split(".")]
    return have + [0] * len(want) >= want  # zeros at the end of `have` change nothing
    # END SOLUTION

# %% new_enough_seen kind="example"
print(new_enough("3.9.18", "3.11"), new_enough("2.13.0+cpu", "2.13"), new_enough("3.11", "3.11.0"))
assert new_enough("3.9.18", "3.11") is False
assert new_enough(torch.__version__, "2.0"), "your own PyTorch is newer than 2.0"

# %% [markdown]
r"""
**Open question**: `3.12.0rc1` is the first *release candidate* of 3.12, so it came before 3.12.0. What would your function
do with it? (In real work take `packaging.version`, which knows all such cases.)
"""

# %% [markdown]
r"""
## 6 · Hand in

1. *Restart the kernel and run all cells.* It should reach the last cell.
2. Save: <kbd>Ctrl</kbd> <kbd>S</kbd>, on a Mac <kbd>⌘</kbd> <kbd>S</kbd>. What is not saved is not handed in.
3. Ask what would break, in a terminal in the course's folder:
   `.venv/bin/python -m coursedata preflight exercises/00_setup/00_setup.ipynb`
   (Windows: `.venv\Scripts\python` and the rest; in Colab, in a cell: `!python -m coursedata preflight 00_setup.ipynb`)
4. Hand in the notebook **under the name that it has**, where your course collects them.

Before the deadline hand in as often as you like: each time counts as a practice try, with inputs of its own.

## 7 · Read your feedback

A page comes back. It shows each part, and for each part its checks: what was asked, what came, a hint, and where to read on.
This is what the page said to somebody who compared versions as texts:

> **A place with two digits is more than one with a single digit.** *not right yet*
>
> The answer has another value.
>
> **Hint:** Compare lists of whole numbers, not texts and not decimal numbers.
>
> Read on: the cell versions_seen in your notebook

Read it in this order: **the title** says what was asked · **the word** how it ended · **the sentence** which rule was
broken first · **the hint** what to try. The hidden inputs are never shown. The words that you meet most:

| word | what to do |
| --- | --- |
| not right yet | a value came back: the sentence says which rule it breaks |
| raised an error | the page quotes your line; read the name of the error first |
| not answered yet | the function still says `raise NotImplementedError`, or its name was changed |
| took too long | a loop that does not end, or much work where little is needed |
| fault of the grader | not your mistake; staff see it, and you lose nothing |

### What is still missing
A machine that is ready, and nothing on it to learn from. Next week: one recording, four million numbers, and the first
heart rate that you read from a face.
"""

# %% [markdown]
r"""
---
## Before you hand in

Tell us two things (nobody but the course reads them): they decide what we explain again.
"""

# %% reflection kind="free"
minutes = None  # how long did it take you, downloads not included? For example 25
muddiest = ""  # which point is still the muddiest? One sentence
