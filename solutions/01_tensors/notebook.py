# %% [markdown]
r"""
# Tensors: a face video is a block of numbers

*[[points]] points · the core takes about [[minutes]] minutes, reading included*

A camera looked at a face for ten seconds.
Somewhere in what it wrote down a heart beats 66 times a minute, and nobody can see it.
At the end of this notebook you read that number from the video, with code that you wrote.

You need basic Python (functions, lists, slices) and nothing else.
Everything here is done with one thing, the **tensor**: a block of numbers of one kind, with a shape.

**How this notebook works**

- *Core* parts are for everyone. *Stretch* parts, at the end, are for those who want more.
- Each part stands alone: if one will not work, leave it and go on. No later part needs your answer.
- *Predict* cells come before *run* cells. Write your guess first, even a wild one: a rule that has surprised you
  stays in your head. Guesses cost no points. *Open questions* are for the walk home.
- A line with a small triangle, such as ▸ *Hint 1*, opens when you click it. That is what it is for.
- Write each answer where `raise NotImplementedError` stands, and delete that line. All other code is given: run it.
- After each part a given cell tries your function on an example. A line that begins with `assert` says nothing when
  all is well, and stops with an `AssertionError` when it is not.
- Cells under "This raises" show an error on purpose. Read it; nothing is broken.
- Hidden tests call your functions with other inputs than those shown: other sizes, 0 and 1 among them; other kinds of
  number; tensors whose numbers do not lie side by side in memory. All that they ask for stands in the text or in the
  function's docstring (the text in triple quotes below its name).
"""

# %% [markdown]
r"""
## 0 · Ten keys that save an hour

There are two modes. With a green or blue frame and a blinking cursor you *edit* a cell. <kbd>Esc</kbd> leaves it
for *command mode*, <kbd>Enter</kbd> goes back. On a Mac take <kbd>⌘</kbd> <kbd>/</kbd> for comments and, in Colab,
<kbd>⌘</kbd> <kbd>M</kbd> for <kbd>Ctrl</kbd> <kbd>M</kbd> and <kbd>⌘</kbd> <kbd>Enter</kbd> for *run, stay*; all other keys are the same.

| what | JupyterLab | VS Code | Colab |
| --- | --- | --- | --- |
| run the cell, go to the next | <kbd>Shift</kbd> <kbd>Enter</kbd> | the same | the same |
| run the cell, stay | <kbd>Ctrl</kbd> <kbd>Enter</kbd> | the same | the same |
| complete a name | <kbd>Tab</kbd> | <kbd>Tab</kbd> | <kbd>Tab</kbd> |
| what does this function do? | <kbd>Shift</kbd> <kbd>Tab</kbd> | hover | hover |
| comment lines out and in | <kbd>Ctrl</kbd> <kbd>/</kbd> | the same | the same |
| new cell above, below | <kbd>Esc</kbd>, <kbd>A</kbd> or <kbd>B</kbd> | the same | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>A</kbd> or <kbd>B</kbd> |
| bring a deleted cell back | <kbd>Esc</kbd>, <kbd>Z</kbd> | the same | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>Z</kbd> |
| forget everything, start anew | <kbd>Esc</kbd>, <kbd>0</kbd> <kbd>0</kbd> | *Restart* | <kbd>Ctrl</kbd> <kbd>M</kbd>, <kbd>.</kbd> |

*Run all* stops at the first part that you have not done yet. That is no fault: go on from the cell below it.
Before you hand in: *Restart and run all*, so that you know that nothing rests on a cell you have deleted.
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
        folders = sorted(Path("/content/drive/MyDrive").glob(above + "exercises/01_tensors"))
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
import math

import matplotlib.pyplot as plt
import numpy as np
import plotly.graph_objects as go
import torch

import coursedata

# %% [markdown]
r"""
## 1 · One recording, many numbers

**Why.** A network does not see a face. It gets numbers, and it is you who must know how many there are,
of which kind, and in which order they lie. Most bugs in deep learning are a wrong answer to one of these three.

**Six words** that the whole course uses:

| word | meaning |
| --- | --- |
| *array* | a block of numbers in NumPy, Python's library for calculating; its type is called `ndarray` |
| *tensor* | the same in PyTorch; it can also live on a graphics card, and learn |
| *axis* (or *dimension*) | one direction in which you can count: frames, rows, columns, colours |
| *shape* | how many places each axis has, for example `(300, 72, 64, 3)` |
| *rank* | how many axes there are: here 4 |
| *dtype* | the kind of number: `uint8` is a whole number from 0 to 255 that takes one byte |

We name axes by letters, in the whole course: **T** frames in time, **H** rows (height), **W** columns (width),
**C** colours. A shape such as `(T, H, W, C)` says all.
"""

# %% first_look kind="example"
recording = coursedata.recording()
frames = recording.frames
print("type ", type(frames).__name__)
print("shape", frames.shape, "  rank", frames.ndim)
print("dtype", frames.dtype, "  numbers", frames.size)
print("first frame, row 46, column 20:", frames[0, 46, 20], "= red, green, blue")

# %% [markdown]
r"""
Four million numbers, 4,147,200 of them, one byte each. The pixel (*picture element*) at row 46, column 20 lies on a
cheek: much red (227), less green (149), least blue (124).

The picture on the left is frame 0. On the right every frame has become **one** number: the mean of all its green
values. Look at the scale: the whole story happens within half a grey level out of 255.
"""

# %% the_goal kind="example"
mean_of_green = frames[:, :, :, 1].mean(axis=(1, 2))

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3), width_ratios=(1, 3), layout="constrained")
left.imshow(frames[0])
left.set_title("frame 0")
right.plot(recording.times, mean_of_green)
right.set(xlabel="seconds", ylabel="mean green", title="one number for each frame")
plt.show()
print("mean green of the first three frames:", mean_of_green[:3].round(2))
print("smallest and largest:", mean_of_green.min().round(2), mean_of_green.max().round(2))

# %% [markdown]
r"""
**Open question**: blood swallows green light. When the heart has just beaten and the
skin is fullest of blood, does this curve go up or down?
"""

# %% [markdown]
r"""
## 2 · List, array, tensor: who shares memory?

**Why.** You hand your data to a function. It changes something "on its copy", and your own data is changed as well.
Or it is not, and you waited for a change that never came. Both happen every day; the rule behind them is short.

**Definition.** A Python *list* is a row of notes that say where to find objects. An *array* and a *tensor* are one
solid block of numbers in memory plus a small label (shape, dtype). Two labels may be tied to the **same block**.
Then they *share memory*: what you write through one, you read through the other. A *copy* has a block of its own.

| call | block |
| --- | --- |
| `torch.from_numpy(a)` | shared with the array `a` |
| `torch.as_tensor(a)`, `torch.as_tensor(a, dtype=…)` | shared **if it can be**: `a` is an array or a tensor, and you ask for no other dtype |
| `t.numpy()` | shared with the tensor `t` |
| `t.to(torch.float32)` | `t` itself if it has that dtype already, else a copy |
| `torch.tensor(a)` | always a copy |
| `t.clone()` | always a copy |

A list is never shared: its numbers lie scattered, so a block must be built.
"""

# %% sharing_seen kind="example"
numbers = np.array([1.0, 2.0, 3.0])
tied = torch.from_numpy(numbers)
tied[0] = 100.0
print("wrote through the tensor, the array says:", numbers)
print("a list gives", torch.tensor([1.0, 2.0]).dtype, "· an array of NumPy gives", tied.dtype)

# %% [markdown]
r"""
The second line is a small trap: Python's and NumPy's decimal numbers have 64 bits (8 bytes). PyTorch makes `float32` of a
*list*, since networks calculate in 32 bits, but keeps the `float64` of an *array*.

### Predict
An array `trace` of dtype `float64` is turned into four tensors. Then `trace[0] = -1` is written into the array.
Which of the four show -1 at place 0? Write `True` or `False` for each.
"""

# %% guess_memory kind="free"
guess_memory = {
    "from_numpy": None,
    "as_tensor": None,
    "as_tensor to float32": None,
    "tensor": None,
}

# %% memory_seen kind="example"
trace = np.array([150.0, 150.3, 149.8])
made = {
    "from_numpy": torch.from_numpy(trace),
    "as_tensor": torch.as_tensor(trace),
    "as_tensor to float32": torch.as_tensor(trace, dtype=torch.float32),
    "tensor": torch.tensor(trace),
}
trace[0] = -1
for name, tensor in made.items():
    print(f"{name:22} {tensor[0].item() == -1!s:7} you said {guess_memory.get(name)}")

# %% explain_memory [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): why does the third one not show -1?*
"""

# %% [markdown]
r"""
### Part: `own_trace` · [[own_trace]]

In the next weeks functions will be handed lists, arrays and tensors, whatever someone had at hand. Write the door
through which they all come in.

- **In**: `values`, a list of numbers (or of lists of equal length), an `ndarray` or a tensor, of any shape and dtype.
- **Out**: a tensor of the same shape, dtype `torch.float32`, **with memory of its own**: writing into it must never
  change `values`. And calling the function must not change `values` either.

```text
own_trace([1, 2, 3])              →  tensor([1., 2., 3.])
own_trace(np.array([[1.5, 2.5]])) →  tensor([[1.5000, 2.5000]])   (was float64)
own_trace([])                     →  tensor([])                   (shape (0,))
```

<details><summary>Hint 1: what to watch</summary>

The dangerous inputs are those that have dtype float32 already: there nothing forces a copy.

</details>
<details><summary>Hint 2: which calls</summary>

Look at the table above for one call that takes all three kinds of input and lets you name the dtype, and for one that
always copies. Together they are one line. No `if` is needed.

</details>
"""

# %% own_trace kind="solution"
def own_trace(values):
    """Return `values` as a float32 tensor that owns its memory.

    values: list, numpy.ndarray or torch.Tensor of numbers, any shape; it is not changed.
    Returns: tensor of the same shape, dtype torch.float32, sharing no memory with `values`.
    """
    # BEGIN SOLUTION
    return torch.as_tensor(values, dtype=torch.float32).clone()
    # END SOLUTION

# %% own_trace_seen kind="example"
original = np.array([150.0, 150.3, 149.8], dtype=np.float32)
mine = own_trace(original)
mine[0] = -1
print("yours:", mine.dtype, tuple(mine.shape), "· the original still begins with", original[0])
assert mine.dtype == torch.float32, "the dtype should be torch.float32"
assert original[0] == 150.0, "writing into the result has changed the original: it was shared"
assert own_trace([]).shape == (0,)

# %% [markdown]
r"""
**Open question**: copying is safe. Why does PyTorch not *always* copy? (How long would it take for a video of an hour?)
"""

# %% [markdown]
r"""
## 3 · Making tensors, and making them again

**Why.** "It worked yesterday" is no result. A calculation with chance in it must give the same numbers again, on your
machine next month and on a colleague's today.

**Definition.** A *generator* is a machine that spits out numbers that look like chance. Its *seed* sets where it
starts: the same seed, the same numbers. Make your own generator and pass it on. The other way,
`torch.manual_seed(…)`, resets the one generator that the whole program shares, under everybody's feet. Only the layers of a
network need it, since they take no generator: once, at the top of the program.

| call | gives |
| --- | --- |
| `torch.zeros(2, 3)`, `torch.ones(2, 3)`, `torch.full((2, 3), 7.0)` | one number everywhere |
| `torch.arange(5)` | 0, 1, 2, 3, 4: five whole numbers, the end is left out |
| `torch.linspace(0, 1, 5)` | five numbers from 0 to 1, the end is in |
| `torch.rand(4, generator=g)` | chance numbers of the generator `g`, evenly spread from 0 to 1 |
| `torch.randn(4, generator=g)` | the same by the bell curve: around 0, two thirds of them between -1 and 1 |
| `torch.zeros_like(x)` | shape, dtype and device of `x` |
"""

# %% creation_seen kind="example"
generator = torch.Generator().manual_seed(7)
first, second = torch.randn(3, generator=generator), torch.randn(3, generator=generator)
again = torch.randn(3, generator=torch.Generator().manual_seed(7))
print("first ", first)
print("second", second, "(the generator has moved on)")
print("again ", again, "(a new one, same seed)")
print(torch.arange(5), torch.linspace(0, 1, 5))

# %% [markdown]
r"""
**Open question**: a graphics card has a generator of its own, and with the same seed it gives *other* numbers than the
CPU. What would you do so that a calculation begins with the same numbers on every machine?
"""

# %% [markdown]
r"""
## 4 · Dtypes: what is lost

**Why.** Skin has a green value around 150, and a heartbeat changes it by 0.2 %: by 0.3, up and down. Store that in
the wrong kind of number and the heartbeat is **gone**. No error, no warning, and nothing brings it back.

**Definition.** A *dtype* is a ruler with marks, and every number is moved to a mark.

| dtype | bytes | marks near 150 | good for |
| --- | --- | --- | --- |
| `uint8` | 1 | 1 apart, only 0 to 255 | storing pictures |
| `int64` | 8 | 1 apart | labels, indices |
| `float16` | 2 | 0.125 apart | graphics cards |
| `bfloat16` | 2 | 1 apart | what a large network has learnt |
| `float32` | 4 | 0.000015 apart | **calculating** |
| `float64` | 8 | 0.00000000000003 apart | checking |

A float (*floating point* number) keeps a fixed count of digits, so its marks are finer near 0 and coarser far out:
`bfloat16` resolves 1.5 well and 150 badly. *Casting*, `x.to(dtype)`, moves numbers to another ruler. Two rules differ:

- float → float takes the **nearest** mark;
- float → integer **cuts off** what stands after the point: 149.7 becomes 149, and -0.7 becomes 0.

Outside an integer's range there is no rule at all: what 300.0 becomes as `uint8` differs from machine to machine.
"""

# %% casting_seen kind="example"
values = torch.tensor([149.7, 150.2, 0.9, 254.6])
print("cut off      ", values.to(torch.uint8))
print("rounded first", values.round().to(torch.uint8))
small = torch.tensor([200, 250], dtype=torch.uint8)
print("200 + 10, 250 + 10 in uint8:", small + 10, "(past 255 it begins again at 0)")
print("smallest and largest uint8:", torch.iinfo(torch.uint8).min, torch.iinfo(torch.uint8).max)

# %% [markdown]
r"""
### Predict
`skin` holds ten seconds of a perfect pulse: 300 numbers between 149.7 and 150.3.
How many **different** numbers are left when it has been stored as …? Guess, then run.
"""

# %% guess_levels kind="free"
guess_levels = {
    "float32": None,
    "float16": None,
    "bfloat16": None,
    "uint8, cut off": None,
    "uint8, rounded": None,
}

# %% levels_seen kind="example"
seconds = torch.arange(300) / 30
skin = 150 + 0.3 * torch.sin(2 * math.pi * 1.1 * seconds)  # 1.1 beats a second: 66 a minute
stored = {
    "float32": skin,
    "float16": skin.to(torch.float16),
    "bfloat16": skin.to(torch.bfloat16),
    "uint8, cut off": skin.to(torch.uint8),
    "uint8, rounded": skin.round().to(torch.uint8),
}
for name, kept in stored.items():
    print(f"{name:15}", len(kept.unique()), "different   you said", guess_levels.get(name))

figure, axes = plt.subplots(figsize=(8, 2.5))
for name in ("float32", "float16", "bfloat16"):
    axes.plot(seconds[:60], stored[name][:60].float(), drawstyle="steps-mid", label=name)
axes.set(xlabel="seconds", ylabel="green of the skin")
axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
plt.show()

# %% explain_levels [markdown] kind="free"
r"""
*Explain (double-click here): "cut off" leaves two different numbers and "rounded" only one. Which two, and why?*
"""

# %% [markdown]
r"""
<details><summary>And why does float32 keep only about half of the 300?</summary>

It loses next to nothing. A wave passes each height twice, once on its way up and once on its way down, so the 300
numbers were pairs from the start.

</details>
"""

# %% [markdown]
r"""
### This raises. Why?
Run the cell, read the **last** line of the message first, and say what it asks you to do.
"""

# %% mean_of_bytes kind="example" tags=["raises-exception"]
torch.from_numpy(frames).mean()

# %% [markdown]
r"""
<details><summary>What happened</summary>

The mean of whole numbers is hardly ever a whole number, and `uint8` (the message calls it *Byte*) knows no others.
PyTorch refuses to guess which kind you want. Say it: `.float().mean()`, where `.float()` is short for
`.to(torch.float32)`. NumPy guesses `float64` without asking.

</details>
"""

# %% [markdown]
r"""
### Part: `stored_as` · [[stored_as]]

Write a function that shows what a file or a network would keep of a signal: store it as `dtype`, read it back.

- **In**: `trace`, a `float32` tensor of any shape; `dtype`, one of `torch.uint8`, `torch.int8`, `torch.int16`,
  `torch.float16`, `torch.bfloat16`, `torch.float32`.
- **Out**: a `float32` tensor of the same shape: the numbers that are left.
  - Integer dtypes take the nearest whole number (`torch.round` decides what is nearest at .5), and what lies outside
    their range becomes the smallest or largest number that they have (one says: it *saturates*).
  - Float dtypes take the nearest mark: that is what casting does by itself.
- `trace` must not be changed.

```text
stored_as(torch.tensor([149.7, 300.0, -5.0]), torch.uint8)    →  tensor([150., 255.,   0.])
stored_as(torch.tensor([149.7, 300.0, -5.0]), torch.int8)     →  tensor([127., 127.,  -5.])
stored_as(torch.tensor([149.7, 149.8]),       torch.bfloat16) →  tensor([150., 150.])
```

<details><summary>Hint 1: two kinds of dtype</summary>

`dtype.is_floating_point` is `True` for the floats. Only the others need more than a cast.

</details>
<details><summary>Hint 2: the range</summary>

`torch.iinfo(dtype)` has `.min` and `.max`. `x.clamp(low, high)` moves what lies outside to the border.

</details>
<details><summary>Hint 3: the order</summary>

Round, then clamp, then cast there, then cast back. Names that end in an underscore, such as `round_`, change the
tensor they are called on: leave those alone.

</details>
"""

# %% stored_as kind="solution"
def stored_as(trace, dtype):
    """Return what is left of `trace` after it was stored as `dtype`, as float32.

    trace: float32 tensor of any shape; it is not changed.
    dtype: torch.uint8, int8, int16 (nearest whole number, saturating), float16, bfloat16 or float32.
    Returns: float32 tensor of the same shape.
    """
    # BEGIN SOLUTION
    kept = trace
    if not dtype.is_floating_point:
        limits = torch.iinfo(dtype)
        kept = trace.round().clamp(limits.min, limits.max)
    return kept.to(dtype).to(torch.float32)
    # END SOLUTION

# %% stored_as_seen kind="example"
print(stored_as(torch.tensor([149.7, 300.0, -5.0]), torch.uint8))
for dtype in (torch.float32, torch.float16, torch.bfloat16, torch.uint8):
    left_over = stored_as(150 + 0.3 * torch.sin(torch.arange(300.0) / 4), dtype)
    print(f"{str(dtype):15} keeps a swing of {left_over.max() - left_over.min():.3f} of 0.600")
assert stored_as(torch.tensor([300.0, -5.0]), torch.uint8).tolist() == [255.0, 0.0]
assert stored_as(torch.tensor([149.7]), torch.int16).dtype == torch.float32

# %% [markdown]
r"""
**Open question**: `float16` keeps 11 binary digits. Why are its marks 0.125 apart between 128 and 256, and how far
apart are they between 1024 and 2048?

### Written part: `why_visible` · [[why_visible]]

Here is a riddle. The recording is `uint8`, and you have just seen that a `uint8` cannot hold a swing of 0.3: rounded,
150.3 and 149.7 are both 150. Yet the mean green of the frames in section 1 shows the pulse.

The cell below makes `pixels` pixels of skin that all carry the same pulse, adds the camera's own *noise*
(a chance error of about `noise` grey levels, another one for each pixel and frame), rounds each pixel to a whole number as a camera does, and takes the mean.
**Predict** what the curve will look like for noise 0 and for noise 2. Then run, change both numbers, run again.
"""

# %% try_noise kind="free"
pixels, noise = 2000, 2.0  # try: noise 0, 0.1, 0.5, 2 and 20; pixels 1, 100, 2000

chance = torch.Generator().manual_seed(0)
moment = torch.arange(120) / 30
true_green = 150 + 0.3 * torch.sin(2 * math.pi * 1.1 * moment)  # (120,) the light that arrives
# `[:, None]` makes a column: one light, many pixels
analogue = true_green[:, None] + noise * torch.randn(120, pixels, generator=chance)  # (120, pixels)
rounded = analogue.round().to(torch.uint8)
seen = rounded.float().mean(dim=1)  # (120,)

figure, axes = plt.subplots(figsize=(8, 2.5))
axes.plot(moment, true_green, color="lightgrey", linewidth=4, label="the light that arrives")
axes.plot(moment, seen, label=f"mean of {pixels} rounded pixels, noise {noise}")
axes.set(xlabel="seconds", ylabel="green")
axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
plt.show()
print("different values of one pixel:", rounded[:, 0].unique().tolist())

# %% [markdown]
r"""
Answer in the next cell, in four to eight sentences:

1. What do you see without noise, and why?
2. With noise, what does the heartbeat change about a **single** pixel, which still can only be 148, 149, 150, 151 …?
3. Why does the **mean** over many pixels bring the pulse back, and what happens with 1 pixel, or with noise 20?
   Name numbers that you saw.
"""

# %% why_visible [markdown] kind="written"
r"""
*Write your answer here (double-click).*
"""

# %% [markdown]
r"""
## 5 · Shape, rank, strides

**Why.** Memory has no rows and no frames. It is one long line of cells. If you know how a tensor walks along that
line, then you know why some changes of shape cost nothing, why others copy, and why a face can turn into stripes.

**Definition.** The *strides* of a tensor say how many cells one step along each axis moves. The number at index
$(i_0, i_1, \dots)$ lies at

$$\text{cell} = \text{start} + i_0 s_0 + i_1 s_1 + \dots$$

where $s_0$ is the stride of axis 0, and *start* is the cell of the tensor's first number.

A tensor is *contiguous* ("lies in one piece, in reading order") when reading it row by row is walking through memory
cell by cell. Then the last axis has stride 1, and every other stride is the product of the **lengths of all axes after
it**: shape (2, 3, 4) has strides (3 · 4, 4, 1) = (12, 4, 1).

- `x.permute(2, 0, 1)` gives the axes another **order**: first what was axis 2, then what was axis 0, then axis 1.
  Each axis takes its stride along. No number moves.
- `x.transpose(0, 1)`, or `x.T` at rank 2, exchanges two axes: a small permute.
- `x.reshape(…)` keeps the reading order and **cuts the line** at other places. `-1` means "whatever fits".
- `x.view(…)` does the same but never copies: where strides cannot do it, it raises.
- `x.contiguous()` writes the numbers down in reading order: a copy, unless they lie so already.

What shares the block of another tensor and has only its own label is called a *view* of it.
"""

# %% strides_seen kind="example"
grid = torch.arange(12).reshape(3, 4)
print(grid)
print("shape", tuple(grid.shape), "strides", grid.stride(), "contiguous", grid.is_contiguous())
print("row 1, column 2 is", grid[1, 2].item(), "in cell 1*4 + 2*1 =", 1 * 4 + 2 * 1)
print(grid.T)
print("shape", tuple(grid.T.shape), "strides", grid.T.stride(), "contiguous", grid.T.is_contiguous())

# %% [markdown]
r"""
### Predict
`video` is the recording as a tensor, shape `(300, 72, 64, 3)`, contiguous. Fill in its strides. Then those of
`video.permute(0, 3, 1, 2)`, and whether that one is contiguous. A pencil helps.
"""

# %% guess_strides kind="free"
guess_strides = {
    "video": None,  # four numbers, such as (1, 2, 3, 4)
    "permuted": None,
    "permuted is contiguous": None,
}

# %% strides_of_video kind="example"
video = torch.from_numpy(frames)
planes_first = video.permute(0, 3, 1, 2)
print("video                 ", video.stride(), "  you said", guess_strides.get("video"))
print("permuted              ", planes_first.stride(), "  you said", guess_strides.get("permuted"))
print(
    "permuted is contiguous",
    planes_first.is_contiguous(),
    "  you said",
    guess_strides.get("permuted is contiguous"),
)
print("one row is 64 * 3 =", 64 * 3, "cells, one frame 72 * 64 * 3 =", 72 * 64 * 3)

# %% explain_strides [markdown] kind="free"
r"""
*Explain (double-click here): which axis has stride 1 after the permute, and what does that say about the colours of one pixel?*
"""

# %% [markdown]
r"""
### Find the bug
A friend wants the picture with the colours first, `(3, 72, 64)`. The shape is right and nothing raises. Run, look,
and say what went wrong before you open the box.
"""

# %% scrambled_seen kind="example"
picture = video[0]  # (72, 64, 3)
friends = picture.reshape(3, 72, 64)  # (3, 72, 64), "colours first"

figure, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
left.imshow(picture[:, :, 1], cmap="gray", vmin=0, vmax=255)
left.set_title("the green plane")
right.imshow(friends[1], cmap="gray", vmin=0, vmax=255)
right.set_title("plane 1 of the friend's")
plt.show()
print("first six numbers, friend:", friends[0, 0, :6].tolist())
print("first six numbers, memory:", picture.flatten()[:6].tolist())

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

`reshape` keeps the order in memory: red, green, blue of the first pixel, red, green, blue of the second … So "plane 0"
begins with 195, 216, 220: one whole pixel, and not three reds. Plane 0 holds the upper third of the picture, and plane 1,
which you see, the middle third, colours mixed. To change the **order of axes** use `permute`; to **split or merge
neighbouring axes** use `reshape`. A network fed with the right-hand picture trains without complaint, and badly, for weeks.

</details>
"""

# %% [markdown]
r"""
### This raises. Why?
"""

# %% view_of_permuted kind="example" tags=["raises-exception"]
grid.T.view(12)

# %% [markdown]
r"""
<details><summary>What happened</summary>

`grid.T` read row by row is 0, 4, 8, 1, 5, 9 … In memory the numbers lie as 0, 1, 2, 3 … No single stride walks
0, 4, 8, 1: so there is no view, and `view` never copies. `reshape` would copy without saying so;
`grid.T.contiguous().view(12)` says so.

</details>
"""

# %% [markdown]
r"""
### Part: `from_planes` · [[from_planes]]

Many cameras do not send red, green, blue for each pixel. They send each frame as **three planes**: first all its
reds, row by row, then all its greens, then all its blues; then comes the next frame. It arrives as one long line.

- **In**: `stream`, a tensor of rank 1 with T · 3 · H · W numbers of any dtype; `height` = H and `width` = W, both at
  least 1. T may be 0.
  `stream` may itself be a view with gaps, such as every second number of a longer line.
- **Out**: a tensor `(T, H, W, 3)` of the same dtype. It must be a **view** of `stream`: an hour of video is not copied
  only to be looked at.
- If the length of `stream` is no multiple of 3 · H · W: `raise ValueError("…")`, with a message that says so between
  the quotes. (`raise` ends the function at once, as the placeholder's does.)

One frame of 2 rows and 2 columns; reds are 1 to 4, greens 11 to 14, blues 21 to 24:

```text
from_planes(torch.tensor([1, 2, 3, 4,  11, 12, 13, 14,  21, 22, 23, 24]), height=2, width=2)
→ shape (1, 2, 2, 3)
  its first pixel [0, 0, 0] is [1, 11, 21], the one to its right [0, 0, 1] is [2, 12, 22]
```

<details><summary>Hint 1: which axes are there already?</summary>

Read the line as the camera wrote it, from the slowest axis to the quickest: frames, then planes, then rows, then
columns. That is a shape. Cut the line into it first, whatever order you want in the end.

</details>
<details><summary>Hint 2: then the order</summary>

You have (T, 3, H, W) and want (T, H, W, 3). `permute` takes, for each axis of the result, the number that this axis
has now.

</details>
<details><summary>Hint 3: the error</summary>

`a % b` is what is left over when a is divided by b. `stream.numel()` counts the numbers. Test before you cut: PyTorch's
own error would be a `RuntimeError`.

</details>
"""

# %% from_planes kind="solution"
def from_planes(stream, height, width):
    """Return the frames of a camera that sends planes, as a view.

    stream: (T * 3 * H * W,) any dtype: per frame all reds row by row, then greens, then blues.
    height, width: H and W, at least 1.
    Returns: (T, H, W, 3), same dtype, sharing memory with `stream`.
    Raises: ValueError if the length of `stream` is no multiple of 3 * H * W.
    """
    # BEGIN SOLUTION
    if stream.numel() % (3 * height * width) != 0:
        raise ValueError(f"{stream.numel()} numbers are no whole frames of 3 x {height} x {width}")
    planes = stream.view(-1, 3, height, width)
    return planes.permute(0, 2, 3, 1)
    # END SOLUTION

# %% from_planes_seen kind="example"
sent = torch.tensor([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24])
received = from_planes(sent, height=2, width=2)
print(tuple(received.shape), "first pixel", received[0, 0, 0].tolist())
print("pixel to its right", received[0, 0, 1].tolist(), "pixel below", received[0, 1, 0].tolist())
assert received[0, 0, 1].tolist() == [2, 12, 22], "the neighbour to the right is another pixel"
sent[0] = 99
assert received[0, 0, 0, 0] == 99, "not a view: what is written into the stream does not arrive"

# %% [markdown]
r"""
**Open question**: the result is not contiguous. What would be slow about it, and what would `.contiguous()` cost?
"""

# %% [markdown]
r"""
## 6 · Slicing, masks, fancy indexing

**Why.** The pulse is in the skin; wall, hair and shirt only add noise. We must say "these pixels, in every frame".

**Definition.** Between the brackets stands one thing for each axis:

| you write | you get | memory |
| --- | --- | --- |
| `x[3]` a number | place 3; the axis **disappears** | view |
| `x[2:5]` a *slice* | places 2, 3, 4: the end is **left out**; the axis stays | view |
| `x[:, 2:5]` | all of axis 0, then places 2, 3, 4 of axis 1; axes that you leave out at the end stay whole | view |
| `x[::10]`, `x[-30:]` | every tenth; the last thirty | view |
| `x[..., 1]` | place 1 of the last axis; `...` stands for all axes that are not named | view |
| `x[[0, 299]]` *fancy indexing*: a list | places 0 and 299, in that order | **copy** |
| `x[mask]` a *mask*: a tensor of True and False | where the mask is True; the axes it covers become **one** | **copy** |

Why these two copy: a view needs even steps, and what a list or a mask picks out need not be evenly spaced.
A new axis of length 1 is made by `None`: `x[:, None]`.
"""

# %% slicing_seen kind="example"
mask = torch.from_numpy(recording.skin)  # (H, W), True where there is always bare skin
print("green plane     ", tuple(video[..., 1].shape))
print("last second     ", tuple(video[-30:].shape))
print("frames 0 and 299", tuple(video[[0, 299]].shape))
print("mask            ", tuple(mask.shape), "with", mask.sum().item(), "pixels of skin")
print("skin in frame 0 ", tuple(video[0][mask].shape), "the axes H and W have become one")
print("skin, all frames", tuple(video[:, mask].shape), "the mask covers axes 1 and 2")
print("a slice never complains:", tuple(video[:, 60:100].shape), "rows 60 to 100 of 72")

# %% [markdown]
r"""
### Part: `green_box` · [[green_box]]

Cut a box out of the green plane of every frame.

- **In**: `video` of shape `(T, H, W, 3)`, any dtype; `top` and `left`, row and column of the box's upper left corner;
  `height` and `width`, how many rows and columns it has (at least 1).
- **Out**: `(T, height, width)`, the green values, same dtype, as a **view**.
- A slice never complains (see above), so your function must: if the box does not lie wholly inside the frame, for
  example because `top` is negative or `left + width` is more than W, `raise ValueError(…)`.

```text
green_box(video, top=41, left=20, height=6, width=24)  →  shape (300, 6, 24), the first value is 152
green_box(video, top=70, left=0, height=6, width=24)   →  ValueError
```

<details><summary>Hint 1: where does the box end?</summary>

`height` is a count, not a row. The last row of the box is `top + height - 1`, and the end of a slice is left out.

</details>
<details><summary>Hint 2: green</summary>

The colours are red, green, blue: places 0, 1, 2. A number as an index makes its axis disappear; a list would copy.

</details>
"""

# %% green_box kind="solution"
def green_box(video, top, left, height, width):
    """Return the green values of a box in every frame, as a view.

    video: (T, H, W, 3), any dtype.
    top, left: row and column of the box's first pixel; height, width: its size, at least 1.
    Returns: (T, height, width), same dtype, sharing memory with `video`.
    Raises: ValueError if the box does not lie wholly inside the frame.
    """
    # BEGIN SOLUTION
    bottom, right = top + height, left + width
    if top < 0 or left < 0 or bottom > video.shape[1] or right > video.shape[2]:
        raise ValueError(f"rows {top} to {bottom}, columns {left} to {right} leave the frame")
    return video[:, top:bottom, left:right, 1]
    # END SOLUTION

# %% green_box_seen kind="example"
box = green_box(video, top=41, left=20, height=6, width=24)
print(tuple(box.shape), box.dtype, "first value", box[0, 0, 0].item())
assert box.shape == (300, 6, 24)
assert box[0, 0, 0] == 152
try:
    green_box(video, top=70, left=0, height=6, width=24)
except ValueError as error:
    print("outside:", error)
else:
    print("outside: no ValueError came")

# %% [markdown]
r"""
**Open question**: `video[mask_of_frames] = 0` writes zeros into `video` itself, although a mask copies. How can that be?
(On which side of the equals sign does it stand?)
"""

# %% [markdown]
r"""
## 7 · Broadcasting rules

**Why.** "Take the mean colour off every pixel" has 4,608 pixels and one colour. Without a loop, two tensors of
different shapes must meet. The rule by which they do is the one that you will use most, and the one that breaks most
quietly.

**Definition.** To calculate with two tensors, write their shapes below each other, **aligned at the right**:

1. Axes that are missing on the left count as 1.
2. Two lengths fit if they are equal or one of them is 1.
3. An axis of length 1 is repeated as often as needed. Nothing is copied: its stride is 0.

```text
frame            72  64   3        fits: 3 and 3 are equal, the rest of colour counts as 1
colour                    3
result           72  64   3

column            3   1            fits: 1 and 4, then 3 and nothing
row                   4
result            3   4

noise           300 2000           error: 2000 meets 300
trace                300

noise           300 2000           fits, with trace[:, None]
trace[:, None]  300    1
result          300 2000
```

The trace has one number for each row of `noise`, but aligned at the right it lies under the columns. `[:, None]` makes
a column of it, `(300, 1)`.
"""

# %% broadcasting_seen kind="example"
column = torch.tensor([[10], [20], [30]])  # (3, 1)
row = torch.tensor([1, 2, 3, 4])  # (4,)
print(column + row)
shades = torch.tensor([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]])  # (1, 2, 3)
print(shades - torch.tensor([1.0, 2.0, 3.0]))  # (3,): one number for each place of the last axis

# %% [markdown]
r"""
### Predict
Which shape does the sum of two tensors of these shapes have? Write a tuple such as `(3, 4)`, or `"error"`.
"""

# %% guess_broadcast kind="free"
guess_broadcast = {
    "(300, 72, 64, 3) and (3,)": None,
    "(300, 72, 64, 3) and (300,)": None,
    "(3, 72, 64) and (3, 1, 1)": None,
    "(5, 1) and (1, 7)": None,
    "(5, 1) and (5,)": None,
    "(4, 1) and (1, 0)": None,
}

# %% broadcast_seen kind="example"
pairs = {
    "(300, 72, 64, 3) and (3,)": ((300, 72, 64, 3), (3,)),
    "(300, 72, 64, 3) and (300,)": ((300, 72, 64, 3), (300,)),
    "(3, 72, 64) and (3, 1, 1)": ((3, 72, 64), (3, 1, 1)),
    "(5, 1) and (1, 7)": ((5, 1), (1, 7)),
    "(5, 1) and (5,)": ((5, 1), (5,)),
    "(4, 1) and (1, 0)": ((4, 1), (1, 0)),
}
for name, (one, other) in pairs.items():
    try:
        shape = np.broadcast_shapes(one, other)  # NumPy has the same rules
    except ValueError:
        shape = "error"
    print(f"{name:28} {shape!s:18} you said {guess_broadcast.get(name)}")

# %% explain_broadcast [markdown] kind="free"
r"""
*Explain (double-click here): the fifth pair gives a table of 5 x 5. Where would that hurt, if the two were "what a network said" and "what is true"?*
"""

# %% [markdown]
r"""
### Find the bug
White balance: each colour of a picture is multiplied by its own gain (red 1.0, green 2.0, blue 3.0). For networks the
colours come first, `(3, H, W)`. The code below raises for the large picture, fine. For the small one it runs. Is the
result right? Every number of the small picture is 1, so you can tell: where did the gain go?
"""

# %% gains_seen kind="example"
gain = torch.tensor([1.0, 2.0, 3.0])
large, little = torch.ones(3, 72, 64), torch.ones(3, 2, 3)
try:
    large * gain
except RuntimeError as error:
    print("large:", error)
print("little, plane of red, should be all 1:")
print((little * gain)[0])

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

Aligned at the right, the 3 of `gain` meets **W**. The large picture has W = 64: error. The small one has W = 3 by
chance, so the gains were laid along the columns. Tests with tiny square pictures miss this; yours will be tested with both.
The gain must stand under C: its shape must be `(3, 1, 1)`.

</details>
"""

# %% [markdown]
r"""
### Part: `standardise` · [[standardise]]

Networks learn better when each *channel* (here: each colour) has mean 0 and standard deviation 1 over all pictures that
they learn from. Somebody has worked those two out already; you apply them. For pixel $x$ of channel $c$:

$$z = \frac{x - \text{mean}_c}{\text{std}_c}$$

- **In**: `images`, floats of shape `(N, C, H, W)` (N pictures) **or** `(C, H, W)` (one); `mean` and `std`, tensors
  of shape `(C,)` with the dtype of `images`, `std` above 0. N, H and W may be anything, 0 and 1 too, and W may equal C.
- **Out**: the same shape and dtype as `images`. `images`, `mean` and `std` must not be changed.

```text
images of shape (1, 2, 1, 2):  [[[[1., 3.]], [[10., 30.]]]]     mean [2., 20.]     std [1., 10.]
→                              [[[[-1., 1.]], [[-1., 1.]]]]
```

<details><summary>Hint 1: under which axis?</summary>

Write `N C H W` and below it, aligned at the right, the shape that `mean` must have so that its C stands under C.

</details>
<details><summary>Hint 2: how</summary>

`mean[:, None]` has shape (C, 1). You need one more of these. `mean.view(-1, 1, 1)` is another way. If you count from the
right, the same line serves (N, C, H, W) and (C, H, W).

</details>
"""

# %% standardise kind="solution"
def standardise(images, mean, std):
    """Return (images - mean) / std, channel by channel.

    images: (N, C, H, W) or (C, H, W), float.
    mean, std: (C,), same dtype, std > 0. No argument is changed.
    Returns: tensor like `images`.
    """
    # BEGIN SOLUTION
    return (images - mean[:, None, None]) / std[:, None, None]
    # END SOLUTION

# %% standardise_seen kind="example"
two_channels = torch.tensor([[[[1.0, 3.0]], [[10.0, 30.0]]]])  # (1, 2, 1, 2)
print(standardise(two_channels, torch.tensor([2.0, 20.0]), torch.tensor([1.0, 10.0])))
ones = torch.ones(3, 2, 3)
balanced = standardise(ones, torch.zeros(3), torch.tensor([1.0, 2.0, 4.0]))
print("planes of the little picture:", balanced[:, 0, 0].tolist(), "(expected 1, 1/2, 1/4)")
assert balanced[0].unique().tolist() == [1.0], "the red plane should be 1 everywhere"

# %% [markdown]
r"""
**Open question**: what would `mean` need to be so that every *picture* (not every channel) loses its own mean?
"""

# %% [markdown]
r"""
## 8 · Reductions: dim, keepdim

**Why.** From 4,147,200 numbers to 300, from 300 to one heart rate: science is mostly throwing numbers away in the
right direction.

**Definition.** A *reduction* (`sum`, `mean`, `std`, `amax` for the largest) makes one number out of many.
`dim` names the axis, or the tuple of axes, that **disappears**; -1 is the last axis, -2 the one before it. With `keepdim=True` it stays, with length 1, so that
the result broadcasts back onto what it came from.

```text
x               3  4
x.sum(dim=0)       4      three rows became one: the sums of the columns
x.sum(dim=1)    3         four columns became one
x.sum(dim=1, keepdim=True)   3  1      fits onto x again
```
"""

# %% reductions_seen kind="example"
table = torch.tensor([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]])
print("dim=0", table.sum(dim=0))
print("dim=1", table.sum(dim=1))
print("dim=1, keepdim", tuple(table.sum(dim=1, keepdim=True).shape))
share = table / table.sum(dim=1, keepdim=True)
print("share of each row's sum:", share[0])

# %% [markdown]
r"""
### Predict
`second_of_video`, the first 30 frames as floats, has shape `(30, 72, 64, 3)`. Write the shape of each result.
"""

# %% guess_shapes kind="free"
guess_shapes = {
    "mean(dim=0)": None,
    "mean(dim=(1, 2))": None,
    "mean(dim=(1, 2), keepdim=True)": None,
    "mean(dim=-1)": None,
    "mean()": None,
}

# %% shapes_seen kind="example"
second_of_video = video[:30].float()
answers = {
    "mean(dim=0)": second_of_video.mean(dim=0).shape,
    "mean(dim=(1, 2))": second_of_video.mean(dim=(1, 2)).shape,
    "mean(dim=(1, 2), keepdim=True)": second_of_video.mean(dim=(1, 2), keepdim=True).shape,
    "mean(dim=-1)": second_of_video.mean(dim=-1).shape,
    "mean()": second_of_video.mean().shape,
}
for name, shape in answers.items():
    print(f"{name:32} {tuple(shape)!s:15} you said {guess_shapes.get(name)}")

# %% [markdown]
r"""
### This raises. Why?
Each of three regions is to be divided by its own mean over time.
"""

# %% without_keepdim kind="example" tags=["raises-exception"]
regions = torch.tensor([[150.0, 151.0, 149.0, 150.0], [80.0, 82.0, 78.0, 80.0], [1.0, 2.0, 3.0, 2.0]])
regions / regions.mean(dim=1)

# %% [markdown]
r"""
<details><summary>What happened</summary>

`regions` is (3, 4), its mean over time (3,). Aligned at the right, 3 meets 4. With `keepdim=True` the mean is (3, 1)
and fits. With four regions of four values it would have run, and divided **columns** by the means of rows.

</details>
"""

# %% [markdown]
r"""
### Part: `skin_trace` · [[skin_trace]]

This is the heart of the recording: one number for each frame and colour, from the skin alone, as a share of its mean.
For frame $t$ and colour $c$, with $K$ the pixels where the mask is True:

$$m_{t,c} = \frac{1}{K} \sum_{\text{skin}} \text{video}_{t,h,w,c} \qquad\qquad
r_{t,c} = \frac{m_{t,c}}{\text{mean over } t \text{ of } m_{t,c}} - 1$$

- **In**: `video` of shape `(T, H, W, 3)`, T at least 1, dtype `uint8` or a float; `mask` of shape `(H, W)`, dtype
  `bool`.
- **Out**: `r`, shape `(T, 3)`, dtype `float32`; the means are taken in `float32` or finer, for a `float16` video too.
  0.002 means "0.2 % brighter than this colour's mean over time".
- If the mask has no True in it: `raise ValueError(…)`. (A mean of nothing would be `nan`, *not a number*, and would
  spread quietly.)
- **No Python loop**: here and below that means neither `for` nor `while` nor a comprehension. One tensor operation does
  it for all frames at once, hundreds of times faster.
- Nothing that is handed in may be changed.

Two frames of 1 x 2 pixels; only the left pixel is skin:

```text
video [[[[100, 50, 10], [0, 0, 0]]],  [[[104, 50, 30], [9, 9, 9]]]]    mask [[True, False]]
m     [[100, 50, 10], [104, 50, 30]]      its mean over time [102, 50, 20]
r     [[-0.0196, 0, -0.5], [0.0196, 0, 0.5]]
```

<details><summary>Hint 1: the skin</summary>

Section 6 shows how one mask of shape (H, W) picks the skin of **all** frames. Which shape comes out? Which of its axes
are the pixels?

</details>
<details><summary>Hint 2: the kind of number</summary>

`uint8` has no mean, and `float16` only a coarse one: cast to `torch.float32` first. (After picking the pixels: then
there is less to cast.)

</details>
<details><summary>Hint 3: the share</summary>

Now you have (T, 3). Its mean over T has shape (3,), or (1, 3) with keepdim: which of them broadcasts back? (Here both do,
and it is good to know why. Try T = 3 and the wrong `dim`.)

</details>
"""

# %% skin_trace kind="solution"
def skin_trace(video, mask):
    """Return how much each colour of the skin differs from its mean over time, frame by frame.

    video: (T, H, W, 3), uint8 or float, T >= 1; mask: (H, W), bool. Neither is changed.
    Returns: (T, 3), float32: mean over the masked pixels / its mean over time - 1.
    Raises: ValueError if the mask selects no pixel.
    """
    # BEGIN SOLUTION
    if not mask.any():
        raise ValueError("the mask selects no pixel")
    pixels = video[:, mask].to(torch.float32)  # (T, K, 3)
    means = pixels.mean(dim=1)  # (T, 3)
    return means / means.mean(dim=0, keepdim=True) - 1
    # END SOLUTION

# %% skin_trace_seen kind="example"
tiny = torch.tensor([[[[100, 50, 10], [0, 0, 0]]], [[[104, 50, 30], [9, 9, 9]]]], dtype=torch.uint8)
print(skin_trace(tiny, torch.tensor([[True, False]])))
relative = skin_trace(video, mask)
print("the recording:", tuple(relative.shape), relative.dtype)
swing = (100 * relative.std(dim=0)).numpy().round(3)
print("typical change of red, green, blue in percent:", swing)
figure, axes = plt.subplots(figsize=(8, 2.5))
for place, colour in enumerate(("red", "green", "blue")):
    axes.plot(recording.times, 100 * relative[:, place], color=colour, linewidth=1)
axes.set(xlabel="seconds", ylabel="change in percent", title="the skin's colour over time")
plt.show()

# %% [markdown]
r"""
**Open question**: this curve has the pulse, but also a slow drift. Where might a drift come from in a real room?
"""

# %% [markdown]
r"""
## 9 · einsum and matmul

**Why.** "Multiply and add up" is what a network does nearly all of its time. It is also how one asks a signal
"how much of this rhythm is in you?".

**Definition.** A *matrix product* ("matmul", written `A @ B`) of A `(n, k)` and B `(k, m)` is the table `(n, m)` with

$$(A B)_{i,j} = \sum_k A_{i,k}\, B_{k,j}$$

`torch.einsum` takes the formula as text: `"ik,kj->ij"`. Read it as: A has axes i and k, B has k and j, the result i and
j. Where two tensors share a letter they are multiplied place by place along it; then **a letter that is missing
right of the arrow is summed over**. You need no transposing, and the text says what happens:

| text | meaning | the same as |
| --- | --- | --- |
| `"i,i->"` | sum of products | `(a * b).sum()` |
| `"i,j->ij"` | every product | `a[:, None] * b` |
| `"ij->ji"` | other order of axes | `A.T` |
| `"hwc,c->hw"` | a weighted sum of the colours, for every pixel | `frame @ weights` |
"""

# %% einsum_seen kind="example"
A = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])  # (3, 2)
B = torch.tensor([[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 3.0]])  # (2, 4)
print(torch.einsum("ik,kj->ij", A, B))
print("the same as A @ B:", torch.equal(torch.einsum("ik,kj->ij", A, B), A @ B))
weights = torch.tensor([0.299, 0.587, 0.114])  # how bright red, green and blue look to the eye
grey = torch.einsum("hwc,c->hw", video[0].float(), weights)
print("grey picture:", tuple(grey.shape), "first pixel", round(grey[0, 0].item(), 3))

# %% [markdown]
r"""
**Open question**: which shapes do `"tc,tc->c"` and `"tc,sc->ts"` give for two traces of shape `(300, 3)`? What does
each of them measure?
"""

# %% [markdown]
r"""
## 10 · Images: HWC to CHW

**Why.** Cameras, files and Matplotlib keep pictures as bytes with the colours last, `(H, W, C)`. PyTorch's layers want
floats with the colours first, `(C, H, W)`, and numbers near 1. Three steps lead from one to the other: order of axes,
dtype, range. A network that is fed 0 to 255 instead of 0 to 1 still runs; it only learns badly.

A *plane* is the picture of one colour: `image[:, :, 0]` is the red plane, `(H, W)`. After the change it is
`image[0]`, and it lies in one piece.
"""

# %% planes_seen kind="example"
figure, places = plt.subplots(1, 4, figsize=(10, 3))
places[0].imshow(video[0])
places[0].set_title("all three")
for colour, place in enumerate(places[1:]):
    place.imshow(video[0, :, :, colour], cmap="gray", vmin=0, vmax=255)
    place.set_title(("red", "green", "blue")[colour])
plt.show()
print("without vmin and vmax, Matplotlib would stretch each plane to its own black and white")

# %% [markdown]
r"""
### Part: `to_chw` · [[to_chw]]

- **In**: `image` of shape `(H, W, C)`, dtype `uint8`, any C (1 is grey, 3 is colour, 4 has transparency).
- **Out**: shape `(C, H, W)`, dtype `float32`, every value divided by 255 (so 0 becomes 0 and 255 becomes 1),
  **contiguous**. `image` must not be changed. Without torchvision: it comes afterwards.

```text
to_chw of the (1, 2, 3) picture [[[255, 0, 51], [0, 102, 255]]]
→ (3, 1, 2):  [[[1.0, 0.0]], [[0.0, 0.4]], [[0.2, 1.0]]]
```

<details><summary>Hint 1: order or cut?</summary>

Section 5 had two ways to get the shape (3, H, W), and one of them made stripes.

</details>
<details><summary>Hint 2: in one piece</summary>

After changing the order of the axes nothing has moved in memory: `x.is_contiguous()` is `False`. One call writes it down
in the new order.

</details>
"""

# %% to_chw kind="solution"
def to_chw(image):
    """Return a picture as a network wants it.

    image: (H, W, C), uint8; it is not changed.
    Returns: (C, H, W), float32 in [0, 1] (value / 255), contiguous.
    """
    # BEGIN SOLUTION
    return image.permute(2, 0, 1).contiguous().to(torch.float32) / 255
    # END SOLUTION

# %% to_chw_seen kind="example"
two_pixels = torch.tensor([[[255, 0, 51], [0, 102, 255]]], dtype=torch.uint8)  # (1, 2, 3)
print(to_chw(two_pixels))
by_hand = to_chw(video[0])
print(tuple(by_hand.shape), by_hand.dtype, "contiguous", by_hand.is_contiguous())
assert torch.allclose(to_chw(two_pixels)[:, 0, 1], torch.tensor([0.0, 0.4, 1.0]))

# %% [markdown]
r"""
torchvision, PyTorch's library for pictures, has this as a ready-made step, `ToTensor`. It takes an array of NumPy.
Is it the same, number by number?
"""

# %% totensor_seen kind="example"
from torchvision.transforms import ToTensor

ready_made = ToTensor()(frames[0])
print(tuple(ready_made.shape), ready_made.dtype, "largest", round(ready_made.max().item(), 4))
print("as yours:", torch.equal(ready_made, to_chw(video[0])))

# %% [markdown]
r"""
**Open question**: how do you get back to bytes for saving? Why must you round, and not only cast, after multiplying by
255?
"""

# %% [markdown]
r"""
## 11 · Devices

**Why.** A graphics card (GPU) does the same sums ten to a hundred times faster, and your laptop may have none. The
same notebook must run on both.

**Definition.** The *device* is where a tensor's block lies: `cpu` (the machine's main memory), `cuda` (a card by
NVIDIA), `mps` (Apple's chips). Two tensors can only meet **on the same device**. `x.to(device)` gives a tensor there: a
copy, or `x` itself if it is there already. It never moves `x`: without `x = ` in front nothing has happened.

Two habits make code run everywhere:

1. Choose the device **once**, at the top: cuda, then mps, then cpu.
2. Inside a function make new tensors **where the input is**: `torch.arange(5, device=x.device)`.

And know: `mps` has no `float64`; `.numpy()` and plots want the tensor on the CPU: `x.cpu().numpy()`.
"""

# %% device_choice kind="setup"
if torch.cuda.is_available():
    device = torch.device("cuda")
elif torch.backends.mps.is_available():
    device = torch.device("mps")
else:
    device = torch.device("cpu")

# %% device_seen kind="example"
print("this notebook calculates on:", device.type)
there = torch.ones(3).to(device)
scale = torch.full((3,), 2.0, device=there.device)
print("made there, calculated there, brought back:", (there * scale).cpu().numpy())

# %% [markdown]
r"""
### This raises. Why?
You need no second device to meet the most frequent error of all. The device `meta` is on every machine: its tensors
have a shape and a dtype but **no numbers**, which is handy for trying shapes out, and it is not the CPU.
"""

# %% device_mix kind="example"
elsewhere = torch.ones(3, device="meta")
print("over there:", tuple((elsewhere[:, None] * elsewhere).shape), "without a single number")
try:
    elsewhere + torch.arange(3)
except RuntimeError as error:  # caught, since the full message is two screens long
    print("RuntimeError:", error)

# %% [markdown]
r"""
<details><summary>What happened</summary>

`torch.arange(3)` was made without `device=` and so on the CPU; `elsewhere` lies on `meta`. On a machine with a GPU the
message names "cuda:0 and cpu". The mend is nearly always at the line where a tensor is **made**:
`torch.arange(3, device=elsewhere.device)`.

</details>

**Open question**: a thousand pictures are to go to the GPU. Why is one move of all of them far quicker than a thousand
moves of one?
"""

# %% [markdown]
r"""
## 12 · Seeing tensors

Look before you calculate. **Matplotlib** draws pictures and curves that you can print. **Plotly** makes figures that
you can turn with the mouse: use it where a third direction matters.

Below, each pixel of frame 0 (every third row and column) is a point in the space of red, green and blue. Turn it until skin,
hair and wall part.
"""

# %% rgb_space kind="example"
some = video[0, ::3, ::3].reshape(-1, 3)  # (528, 3)
red, green, blue = some.T
colours = [f"rgb({r},{g},{b})" for r, g, b in some.tolist()]
cloud = go.Scatter3d(
    x=red.numpy(),
    y=green.numpy(),
    z=blue.numpy(),
    mode="markers",
    marker={"size": 3, "color": colours},
)
space = go.Figure(cloud)
space.update_layout(
    height=420,
    margin={"l": 0, "r": 0, "t": 0, "b": 0},
    scene={"xaxis_title": "red", "yaxis_title": "green", "zaxis_title": "blue"},
    scene_camera_eye={"x": 1.7, "y": 1.7, "z": 0.8},
)
space

# %% [markdown]
r"""
**Open question**: when the light gets darker, all three colours shrink by the same share. Along which line does a
pixel then move in this space? (Weeks from now, that is how the pulse is told from the light.)
"""

# %% [markdown]
r"""
## 13 · The pulse in mean green

**Why.** A curve that goes up and down is no number. How fast does it go? We ask it: *how much of 42 beats a minute is in
you? Of 43? … Of 180?* The rate with the loudest answer is the heart rate.

**Derivation.** A heart that beats $f$ times a **minute** makes a wave of $f / 60$ swings a **second**. Frame $t$ was
taken at $t / \text{fps}$ seconds (*fps*: frames per second), so the wave has then turned through this angle, in which
one whole swing is $2 \pi$:

$$\varphi_{f,t} = 2 \pi \cdot \frac{f}{60} \cdot \frac{t}{\text{fps}} .$$

Multiply the signal with that wave and add up. If it swings along, all products are positive and the sum is large. If
it swings at another speed, they cancel. A signal may start anywhere in its swing, so we ask twice, with the cosine
and with the sine (which is a quarter of a swing late), and take the squares together. That is the *power* of rate $f$
in signal $r$:

$$P_{r,f} = \Bigl(\sum_t x_{r,t} \cos \varphi_{f,t}\Bigr)^2 + \Bigl(\sum_t x_{r,t} \sin \varphi_{f,t}\Bigr)^2$$

You may know this as a piece of the *Fourier transform*. Here it is two matmuls.
"""

# %% one_wave_seen kind="example"
moments = torch.arange(300) / 30  # seconds
x = torch.cos(2 * math.pi * 66 / 60 * moments + 0.4)  # a signal of 66 beats a minute
for asked in (60, 66, 72):
    turned = 2 * math.pi * asked / 60 * moments
    along, across = (x * turned.cos()).sum(), (x * turned.sin()).sum()
    print(f"asked for {asked}: sums {along:7.2f} and {across:7.2f}, power {along**2 + across**2:8.1f}")

# %% [markdown]
r"""
Asked for 66, the power is $150^2 = 22{,}500$ (half of the 300 frames, squared), wherever the signal starts. Asked for 60 or 72 nothing is left: in ten
seconds those waves make exactly one swing less or more.

### Part: `pulse_power` · [[pulse_power]]

- **In**: `traces`, floats of shape `(R, T)`: R signals (perhaps none) of T frames; `fps`, frames a second, a number
  above 0 (30 or 29.97 or …); `rates`, shape `(F,)`, the rates asked for in beats a minute, with the dtype and device of
  `traces`.
- **Out**: the power P, shape `(R, F)`, with the dtype of `traces`.
- **No Python loop** and no comprehension, not even one over cosine and sine: write out both.
- New tensors are made on the device **of `traces`**, whatever that is, and nothing that is handed in is changed.

```text
traces [[1, 0, -1, 0]]   fps 4   rates [30, 60]        (four frames in one second)
asked for 60:  angles 0, π/2, π, 3π/2    sum with cosines 2    with sines  0    power 4
asked for 30:  angles 0, π/4, π/2, 3π/4  sum with cosines 1    with sines -1    power 2
→ [[2., 4.]]
```

<details><summary>Hint 1: the shapes, step by step</summary>

seconds `(T,)` · angle `(F, T)`: a column of rates `(F, 1)` meets a row of seconds `(T,)` · cosine and sine `(F, T)` ·
each sum `(R, F)` · power `(R, F)`.

</details>
<details><summary>Hint 2: the seconds</summary>

Section 3 has a call that counts 0, 1, 2 … ; give it `dtype=` and `device=` of `traces`. Then divide by fps. T is
`traces.shape[1]`.

</details>
<details><summary>Hint 3: the sums</summary>

`traces` is (R, T), the cosines are (F, T), and T must disappear. Write that as the text of an `einsum`, or turn one
of the two with `.T` and use `@`.

</details>
"""

# %% pulse_power kind="solution"
def pulse_power(traces, fps, rates):
    """Return how strongly each rate is present in each trace.

    traces: (R, T), float; fps: frames a second; rates: (F,) beats a minute, like `traces`.
    Returns: (R, F), dtype and device of `traces`: the squared sums of traces times cosine and sine.
    """
    # BEGIN SOLUTION
    frame = torch.arange(traces.shape[1], dtype=traces.dtype, device=traces.device)
    angle = 2 * math.pi * rates[:, None] / 60 * frame / fps  # (F, T)
    along = torch.einsum("rt,ft->rf", traces, angle.cos())
    across = torch.einsum("rt,ft->rf", traces, angle.sin())
    return along**2 + across**2
    # END SOLUTION

# %% pulse_power_seen kind="example"
print(pulse_power(torch.tensor([[1.0, 0.0, -1.0, 0.0]]), 4, torch.tensor([30.0, 60.0])))

# %% [markdown]
r"""
And now the recording. The next cell takes the mean green of the box on the cheeks (worked out with NumPy, so that it
does not need your earlier answers) and asks it for every rate from 42 to 180.
"""

# %% heart_rate_seen kind="example"
cheeks = frames[:, 41:47, 20:44, 1].mean(axis=(1, 2))
signal = torch.as_tensor(cheeks / cheeks.mean() - 1, dtype=torch.float32, device=device)
asked_rates = torch.arange(42.0, 181.0, device=device)
power = pulse_power(signal[None], recording.fps, asked_rates)[0].cpu()
loudest = asked_rates[power.argmax()].item()
print(f"read from the video: {loudest:.0f} beats a minute · the truth: {recording.heart_rate:.0f}")

figure, axes = plt.subplots(figsize=(8, 2.5))
axes.plot(asked_rates.cpu(), power)
axes.set(xlabel="beats a minute", ylabel="power", title="how much of each rate is in the cheeks")
plt.show()

# %% [markdown]
r"""
**You have just read a heart rate from a video**, with a mean, a division and two matmuls.

**Open question**: there is a second, smaller hill at twice the rate. A heartbeat is no pure cosine: what does the
second hill say about its form?

### What is still missing
This recording was kind to us: complete, in order, one face that hardly moves. Next week it lies in a folder that
somebody damaged, and you will rescue it.
"""

# %% [markdown]
r"""
---
## Stretch 1 · `squared_distances` · [[squared_distances]]

*For those who want more. Each stretch part stands alone.*

Which pixels have nearly the same colour? Many methods begin with a table of all distances between N
points and M points in D directions. Their squares are

$$d_{n,m} = \sum_k (a_{n,k} - b_{m,k})^2 .$$

`((a[:, None] - b) ** 2).sum(-1)` is right. But it makes a third tensor of shape (N, M, D): for 4,608 pixels against
themselves in 100 directions that is 8.5 GB. Multiply the square out and you need no such thing:

$$d_{n,m} = \sum_k a_{n,k}^2 \;+\; \sum_k b_{m,k}^2 \;-\; 2 \sum_k a_{n,k}\, b_{m,k}$$

- **In**: `a` `(N, D)` and `b` `(M, D)`, the same float dtype. **Out**: `(N, M)`, that dtype, never below 0 (rounding
  can push a distance of zero to -0.000001: clamp it).
- No Python loop, no tensor with more than N · M, N · D or M · D numbers (whichever is most), and not `torch.cdist`.

```text
a [[0., 0.], [3., 4.]]   b [[0., 0.], [0., 4.], [3., 0.]]   →   [[0., 16., 9.], [25., 9., 16.]]
```

<details><summary>Hint 1: one term after the other</summary>

The first depends on n alone, the second on m alone: each is a sum along a row. The third has n and m and sums over k: that is
what a matmul of `a` and a transposed `b` does.

</details>
<details><summary>Hint 2: the shapes</summary>

As (N, 1), (M,) and (N, M) they broadcast to (N, M). `[:, None]` makes (N, 1) of (N,).

</details>
<details><summary>Hint 3: the border</summary>

`x.clamp(min=0)` has a lower border only.

</details>
"""

# %% squared_distances kind="solution"
def squared_distances(a, b):
    """Return the squared distance of every row of `a` to every row of `b`.

    a: (N, D), b: (M, D), same float dtype.
    Returns: (N, M), same dtype, at least 0; no (N, M, D) tensor is made.
    """
    # BEGIN SOLUTION
    squares = (a * a).sum(dim=1)[:, None] + (b * b).sum(dim=1)
    return (squares - 2 * a @ b.T).clamp(min=0)
    # END SOLUTION

# %% squared_distances_seen kind="example"
corners = torch.tensor([[0.0, 0.0], [0.0, 4.0], [3.0, 0.0]])
print(squared_distances(torch.tensor([[0.0, 0.0], [3.0, 4.0]]), corners))

# %% [markdown]
r"""
## Stretch 2 · `one_hot` · [[one_hot]]

A network answers the question "which of K classes?" with K numbers. The true class, a number such as 2, must be
written in the same form: a row of zeros with a single one, `[0, 0, 1, 0]`. That is *one-hot*.

- **In**: `labels`, `int64`, of any shape, also empty; `classes` = K, at least 1.
- **Out**: `float32`, the shape of `labels` with one more axis of length K at the end.
- A label below 0 or above K - 1: `raise ValueError(…)`. Not with `F.one_hot` (`torch.nn.functional.one_hot`).

```text
one_hot(torch.tensor([2, 0]), 3)  →  [[0., 0., 1.], [1., 0., 0.]]
```

<details><summary>Hint 1: the rows</summary>

Broadcasting can ask every label "are you class 0? class 1? …" at once. `==` broadcasts like `+` does.

</details>
<details><summary>Hint 2: the error</summary>

`labels.min()` raises an error of its own when there are no labels. `(labels < 0).any()` is True if at least one is, and
does not mind an empty tensor.

</details>
"""

# %% one_hot kind="solution"
def one_hot(labels, classes):
    """Return each label as a row with a single one.

    labels: int64, any shape (…); classes: K >= 1.
    Returns: (…, K), float32.
    Raises: ValueError if a label is below 0 or above K - 1.
    """
    # BEGIN SOLUTION
    if ((labels < 0) | (labels >= classes)).any():
        raise ValueError(f"labels must lie between 0 and {classes - 1}")
    return (labels[..., None] == torch.arange(classes, device=labels.device)).to(torch.float32)
    # END SOLUTION

# %% one_hot_seen kind="example"
print(one_hot(torch.tensor([2, 0]), 3))
print(tuple(one_hot(torch.zeros(0, 4, dtype=torch.int64), 3).shape))

# %% [markdown]
r"""
## Stretch 3 · `running_mean` · [[running_mean]]

To see the slow drift under the pulse, replace each value by the mean of a window of `width` neighbours. Adding up each
window anew costs `width` additions a place. There is a trick: with $c_t = x_0 + \dots + x_{t-1}$, one *cumulative
sum* (and $c_0 = 0$), every window's sum is **one** subtraction:

$$\text{mean of } x_t \dots x_{t+w-1} = \frac{c_{t+w} - c_t}{w}$$

- **In**: `trace`, float, shape `(…, T)` (any axes in front; the window runs along the last); `width` = w.
- **Out**: `(…, T - w + 1)`, the dtype of `trace`. If w is below 1 or above T: `raise ValueError(…)`.
- By `torch.cumsum`, without a Python loop. **Add up in `float64`**: think of section 4 and of 20,000 values around 150,
  whose sum is three million. How far apart are the marks of `float32` there?

```text
running_mean(torch.tensor([1., 2., 6., 4.]), 2)  →  tensor([1.5000, 4.0000, 5.0000])
```

<details><summary>Hint 1: the zero in front</summary>

The cumulative sum of T values has T entries and begins with $x_0$. You need T + 1, beginning with 0: `torch.cat`
puts tensors one behind the other, `torch.nn.functional.pad(x, (1, 0))` puts one zero in front of the last axis.
`torch.cumsum` takes `dim=` and `dtype=`.

</details>
<details><summary>Hint 2: all windows at once</summary>

All $c_{t+w}$ are one slice of c, all $c_t$ another, equally long.

</details>
"""

# %% running_mean kind="solution"
def running_mean(trace, width):
    """Return the mean of each window of `width` neighbours along the last axis, by one cumsum.

    trace: (..., T), float; it is not changed.
    Returns: (..., T - width + 1), same dtype; sums are taken in float64.
    Raises: ValueError unless 1 <= width <= T.
    """
    # BEGIN SOLUTION
    if not 1 <= width <= trace.shape[-1]:
        raise ValueError(f"a window of {width} does not fit into {trace.shape[-1]} values")
    total = torch.cumsum(trace, dim=-1, dtype=torch.float64)
    total = torch.nn.functional.pad(total, (1, 0))
    means = (total[..., width:] - total[..., :-width]) / width
    return means.to(trace.dtype)
    # END SOLUTION

# %% running_mean_seen kind="example"
print(running_mean(torch.tensor([1.0, 2.0, 6.0, 4.0]), 2))

# %% [markdown]
r"""
## Stretch 4 · `im2col` · [[im2col]]

A *convolution*, the step that gave CNNs their name, lays a small window on every place of a picture, multiplies and adds up.
Libraries make one matmul of it: they first write every window as a column (*image to column*, im2col). And the windows
need not be copied to be seen: a window that starts one row lower starts W cells later. That is a stride!

`x.as_strided(shape, strides)` makes a view with any shape and strides that you name. Four axes are enough to say
"row of the window's start, column of its start, row in the window, column in the window", and two of them have the
same stride as the other two.

- **In**: `image` `(C, H, W)`, any dtype and **any strides** (it may be a view that is not contiguous: ask it for its
  strides, do not work them out); `size` = k with 1 ≤ k ≤ H and k ≤ W.
- **Out**: `(C · k · k, P)` with P = (H - k + 1) · (W - k + 1). Column p is the window that starts at the p-th place, counted
  row by row; within a column: channel by channel, in each row by row. Same dtype.
- No Python loop, and neither `F.unfold` (`torch.nn.functional.unfold`) nor `torch.nn.Unfold`. (`x.unfold`, a tensor's
  own method, makes views as `as_strided` does and is allowed.)

```text
image (1, 2, 3): [[[1, 2, 3], [4, 5, 6]]]   size 2   →   two windows, 1 2 4 5 and 2 3 5 6, as columns:
[[1, 2],
 [2, 3],
 [4, 5],
 [5, 6]]
```

<details><summary>Hint 1: the view</summary>

Ask for the strides of `image`: three numbers, one a channel, one a row, one a column. Order the axes as
(C, k, k, H - k + 1, W - k + 1): the first three say where in the window, the last two where the window is.

</details>
<details><summary>Hint 2: the end</summary>

Then merge neighbouring axes: the first three into one, the last two into one. `view` raises here. Why? So `reshape`.

</details>
"""

# %% im2col kind="solution"
def im2col(image, size):
    """Return every size x size window of a picture as a column.

    image: (C, H, W), any dtype and strides; size: k, at most H and W.
    Returns: (C * k * k, (H - k + 1) * (W - k + 1)), same dtype.
    """
    # BEGIN SOLUTION
    channels, height, width = image.shape
    rows, columns = height - size + 1, width - size + 1
    plane, down, across = image.stride()
    windows = image.as_strided(
        (channels, size, size, rows, columns),
        (plane, down, across, down, across),
    )
    return windows.reshape(channels * size * size, rows * columns)
    # END SOLUTION

# %% im2col_seen kind="example"
print(im2col(torch.tensor([[[1, 2, 3], [4, 5, 6]]]), 2))
kernel = torch.tensor([[[[-1.0, 0.0, 1.0]] * 3]])  # (1, 1, 3, 3): bright on the right, dark on the left
plane = video[0, :, :, 1].float()[None]  # (1, 72, 64)
as_matmul = (kernel.reshape(1, 9) @ im2col(plane, 3)).reshape(70, 62)
as_layer = torch.nn.functional.conv2d(plane[None], kernel)[0, 0]
print("convolution by matmul and by PyTorch's layer agree:", torch.equal(as_matmul, as_layer))

# %% [markdown]
r"""
---
## Before you hand in

*Restart and run all* once. Save. Then tell us two things (no points, and nobody but the course reads them): they
decide what we explain again.
"""

# %% reflection kind="free"
minutes = None  # how long did the core take you? For example 140
muddiest = ""  # which point is still the muddiest? One sentence
