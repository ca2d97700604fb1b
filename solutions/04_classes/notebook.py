# %% [markdown]
r"""
# Classes: the messy loop becomes a Trainer

*[[points]] points · the core takes about [[minutes]] minutes, reading included*

Last week a network learned to read digits. The loop that taught it is twenty lines, and it works: once, for digits, if
nothing goes wrong. Next week the same loop has to learn a pulse from a face, for hours, on a machine that may be switched
off. This week you turn it into something that can be told *what* to learn, can go on *where it stopped*, and can run
*twice at once*.

You need functions, tensors and a training loop (weeks 1 to 3). What `class`, `self` and `super()` mean, which week 3 gave
you unexplained, is said here.

**How this notebook works**

- *Core* parts are for everyone. *Stretch* parts, at the end, are for those who want more.
- Each part stands alone: if one will not work, leave it and go on. No later part needs your answer.
- *Predict* cells come before *run* cells. Write your guess first. Guesses cost no points. *Open questions* are for the
  walk home.
- A line with a small triangle, such as ▸ *Hint 1*, opens when you click it.
- Write each answer where `raise NotImplementedError` stands, and delete that line. In this week's parts it stands in the
  body of a class: you write the methods, `def` lines included. A part that is still open stops *Run all* there: go on
  below it.
- Cells under "This raises" show an error on purpose. Read it; nothing is broken. An example that needs a part which you
  have not written says `still open`.
- Hidden tests make objects of your classes and use them in ways that you have not seen, subclasses of them among these.
  All that they ask for stands in the text or in the docstring. Methods and attributes of your own, beside those, are
  welcome.
- Everything trains in seconds on a CPU: the whole notebook runs in about ten seconds and needs less than 1 GB of memory.
  What it writes lies in the folder `runs` beside it. You may delete that and run everything again.
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
        folders = sorted(Path("/content/drive/MyDrive").glob(above + "exercises/04_classes"))
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
import copy
import inspect
import json
import math
import os
import pickle
import shutil
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

import coursedata
from coursedata.digits import draw_digits

# %% data kind="setup"
torch.set_num_threads(1)  # such small networks lose more time with several threads than they win

pictures, shown = draw_digits(900, seed=4)  # (900, 28, 28) uint8, (900,) uint8
digits = torch.from_numpy(pictures).float() / 255
labels = torch.from_numpy(shown).long()
train_digits = TensorDataset(digits[:600], labels[:600])
valid_digits = TensorDataset(digits[600:], labels[600:])
RUNS = Path("runs")

if torch.cuda.is_available():
    device = torch.device("cuda")
elif torch.backends.mps.is_available():
    device = torch.device("mps")
else:
    device = torch.device("cpu")

# %% [markdown]
r"""
## 1 · A loop made of globals, and three requests

**Why.** Here is a loop as it grows on a Friday evening. It uses names that belong to the whole notebook: `net`, `losses`,
`best`.
"""

# %% friday kind="example"
torch.manual_seed(0)
net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
losses = []
best = None


def friday(epochs, rate):
    """Train the global `net`; note losses in the global `losses` and the best weights in the global `best`."""
    global best
    opt = torch.optim.SGD(net.parameters(), lr=rate)
    for _ in range(epochs):
        for x, y in DataLoader(train_digits, batch_size=50, shuffle=True):
            opt.zero_grad()
            functional.cross_entropy(net(x), y).backward()
            opt.step()
        with torch.no_grad():
            losses.append(functional.cross_entropy(net(digits[600:]), labels[600:]).item())
        if losses[-1] == min(losses):
            best = net.state_dict()


friday(epochs=3, rate=0.1)
print("losses on validation digits:", [round(loss, 3) for loss in losses])

# %% [markdown]
r"""
Then come three requests:

1. *"The same for other data, please: numbers to predict, not labels."*
2. *"It was killed at night. Let it go on where it was."*
3. *"Run it twice, with two learning rates, and compare."*

### Predict
Somebody answers request 3 by calling `friday` again, with `rate=20.0`, which is much too high. Afterwards: how many
numbers are in `losses`? Did the second run begin with fresh weights? Do the weights in `best` still give the lowest loss
in the list (`True` or `False`)?
"""

# %% guess_friday kind="free"
guess_friday = {"losses": None, "fresh weights": None, "best is best": None}

# %% friday_again kind="example"
before = net[1].weight.detach().clone()
friday(epochs=0, rate=20.0)
seen = {"losses": None, "fresh weights": not torch.equal(before, net[1].weight)}
friday(epochs=3, rate=20.0)
with torch.no_grad():
    net.load_state_dict(best)
    again = functional.cross_entropy(net(digits[600:]), labels[600:]).item()
seen["losses"] = len(losses)
seen["best is best"] = abs(again - min(losses)) < 1e-6
for name, value in seen.items():
    print(f"{name:15}{value!s:7} you said {guess_friday.get(name)}")
print(f"lowest loss in the list {min(losses):.3f}, loss of the weights in `best` {again:.3f}")

# %% explain_friday [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): whose losses are in the list now?*
"""

# %% [markdown]
r"""
Two runs share one list and one network, and the "best" weights are not the best (section 8 shows why). Nothing raised.
Each of the three requests needs the same thing: data and functions that belong together and that **exist more than
once**.
"""

# %% [markdown]
r"""
## 2 · A class: functions with a memory of their own

**Definition.** A *class* says what its *objects* (or *instances*) remember and what they can do.

```text
class Counter:
    def __init__(self, name):     # called when an object is made; `self` is that object
        self.name = name          # attributes: what this object remembers
        self.count = 0

    def tick(self):               # a method: a function that gets the object first
        self.count += 1

one = Counter("frames")           # Python makes an object and calls Counter.__init__(one, "frames")
one.tick()                        # is Counter.tick(one)
one.count                         # 1
```

Methods with two underscores on each side (*dunder* methods) are called by Python itself:

| you write | Python calls | |
| --- | --- | --- |
| `Counter("frames")` | `__init__` | an object is made |
| `len(one)` | `__len__` | must return a whole number |
| `one` at the end of a cell, `print(one)`, `repr(one)` | `__repr__` | must return a string |
| `one[3]` | `__getitem__` | an element |
| `one(x)` | `__call__` | use it as a function; in PyTorch it runs hooks, then `forward` |
| `with one as name:` | `__enter__`, and `__exit__` at the end | section 7 |

Two decorators (a word with `@` above a `def`):

- `@property`: the method is read like an attribute, `one.value` without brackets, and is calculated anew each time.
  Nobody can write to it.
- `@classmethod`: the method gets the *class* first, called `cls`, and not an object. It is used for a second way of
  making objects: `cls("frames")` inside it makes one, of a subclass too, if it was called on that.

Attributes that begin with one underscore, such as `self._total`, are nobody else's business. It is a promise; Python does
not enforce it.

### Class or object?
A name that is assigned in the class body, outside any method, belongs to the **class**, and so to all its objects
together.

### Predict
`Shared` has `seen = []` in its body; `Own` has `self.seen = []` in `__init__`. Of each, two objects `a` and `b` are made,
and then `a.seen.append(1)` is called. What is in `b.seen`?
"""

# %% guess_shared kind="free"
guess_shared = {"Shared": None, "Own": None}

# %% shared_seen kind="example"
class Shared:
    """One list for all objects."""

    seen = []


class Own:
    """A list for each object."""

    def __init__(self):
        self.seen = []


for kind in (Shared, Own):
    a, b = kind(), kind()
    a.seen.append(1)
    print(f"{kind.__name__:8}b.seen is {b.seen}   you said {guess_shared.get(kind.__name__)}")

# %% explain_shared [markdown] kind="free"
r"""
*Explain (double-click here): for which kind of value would `Shared` have done no harm?*
"""

# %% [markdown]
r"""
### Find the bug
The mean loss of an epoch, as it stands in many a published loop: add up the means of the batches, divide by the number of
batches. There are 10 samples in batches of 4. Which number is right?
"""

# %% batch_means kind="example"
sample_losses = torch.tensor([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 6.0, 6.0])
batches = sample_losses.split(4)
print("sizes of the batches:", [len(batch) for batch in batches])
print("mean of the batch means:", round(sum(batch.mean().item() for batch in batches) / len(batches), 4))
print("mean of the samples:   ", round(sample_losses.mean().item(), 4))

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

The last batch is short, and its two samples counted as much as four others. The mean of a batch must be weighted with its
size. With 600 samples the error is small, so nobody notices, and two people with other batch sizes report other losses
for the same weights.

</details>

### Part: `Meter` · [[meter]]

A meter collects means of batches and knows the mean over all samples.

- `Meter(name)` keeps `name` as an attribute and has seen nothing.
- `meter.add(mean, count=1)`: a batch of `count` samples had this mean.
- `meter.value`, a **property**: the mean over all samples. If there was none: `raise ValueError(…)` with the meter's name
  in the message.
- `len(meter)`: how many samples it has seen.
- `repr(meter)`: `Meter('train', 2.0000 after 10)`, the value with four decimals, and `Meter('train', empty)` if it has
  seen none. In a subclass `class Loud(Meter)` the word `Loud` stands in place of `Meter`.
- `Meter.of(name, values)`, a **classmethod**: a meter that has seen each of these numbers once, by `add`. `Loud.of(…)`
  makes a `Loud`.
- Meters share nothing.

```text
meter = Meter("train");  meter.add(1.0, 4);  meter.add(1.0, 4);  meter.add(6.0, 2)
meter.value → 2.0    len(meter) → 10    Meter.of("x", [1, 2]).value → 1.5
```

<details><summary>Hint 1: what to remember</summary>

Not the values. A sum and a number of samples are enough, and both begin at 0 in `__init__`.

</details>
<details><summary>Hint 2: the name of the class</summary>

`type(self).__name__` is the name of the class that the object was made of. In an f-string `{self.name!r}` puts quotes
around a string.

</details>
"""

# %% meter kind="solution"
class Meter:
    """The mean over samples that come batch by batch.

    Meter(name): .name; .add(mean, count=1); .value (property, ValueError if empty); len(); repr();
    Meter.of(name, values): a classmethod.
    """

    # BEGIN SOLUTION
    def __init__(self, name):
        self.name = name
        self._total = 0.0
        self._count = 0

    def add(self, mean, count=1):
        self._total += mean * count
        self._count += count

    @property
    def value(self):
        if self._count == 0:
            raise ValueError(f"{self.name} has seen no sample")
        return self._total / self._count

    @classmethod
    def of(cls, name, values):
        meter = cls(name)
        for value in values:
            meter.add(value)
        return meter

    def __len__(self):
        return self._count

    def __repr__(self):
        content = f"{self.value:.4f} after {len(self)}" if len(self) else "empty"
        return f"{type(self).__name__}({self.name!r}, {content})"
    # END SOLUTION

# %% meter_seen kind="example"
try:
    one, other = Meter("train"), Meter("valid")
    for batch in batches:
        one.add(batch.mean().item(), len(batch))
    print(one, other, "of:", Meter.of("x", [1, 2]).value)
    assert one.value == 2.0, "weight each mean with its count"
    assert len(one) == 10, "len counts samples"
    assert len(other) == 0, "the two share something"
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: `if meter:` asks an object whether it is true, and Python looks at `len` for that. What does it say for
a meter that has seen nothing?
"""

# %% [markdown]
r"""
## 3 · Settings that travel with a run

**Why.** A learning rate that stands in the middle of a cell is lost when the cell is edited. All settings of a run belong
in one object that can be printed, compared, written to a file and read again.

**Definition.** `@dataclass` above a class reads the fields from its body, `name: type` or `name: type = default`, and
writes `__init__`, `__repr__` and `__eq__` (for `==`) for you. Types are notes for the reader; nobody checks them. If
there is a method `__post_init__(self)`, it runs at the end of `__init__`: the place for tests.

```text
@dataclass
class Camera:
    name: str
    fps: float = 30.0

Camera("left")            →  Camera(name='left', fps=30.0)
Camera("left") == Camera("left", 30.0)   →  True
```

| from `dataclasses` | does |
| --- | --- |
| `field(default_factory=function)` | a default that is **made anew** for each object, by calling `function()` |
| `asdict(camera)` | a dict of its fields, with copies of lists |
| `replace(camera, fps=60.0)` | another object with some fields changed, by way of `__init__`; lists are **not** copied |

`json.dumps(value)` gives JSON as a string, `json.loads(text)` reads it. `f(**{"a": 1, "b": 2})` is `f(a=1, b=2)`, and in
`def f(**changes)` all keywords arrive as the dict `changes`.

### Mutable defaults
A default value is made **once**, when Python reads the `def` line, and is then used for each call.

### Predict
`def collect(x, into=[])` appends `x` to `into` and returns it. What does the second of two calls, `collect(1)` and
`collect(2)`, return?
"""

# %% guess_default kind="free"
guess_default = None

# %% default_seen kind="example"
def collect(x, into=[]):  # noqa: B006  (the bug is the point)
    """Append to a default that is made once."""
    into.append(x)
    return into


collect(1)
print("second call:", collect(2), "  you said", guess_default)

# %% explain_default [markdown] kind="free"
r"""
*Explain (double-click here): with `into=None` in the `def` line, what has to stand in the body?*
"""

# %% [markdown]
r"""
### This raises. Why?
"""

# %% default_raises kind="example" tags=["raises-exception"]
@dataclass
class Careless:
    """A data class with a list as a default."""

    sizes: list = [784, 10]  # noqa: RUF008

# %% [markdown]
r"""
<details><summary>What happened</summary>

All objects would share the one list, so `@dataclass` refuses it and names the remedy: a `default_factory`, a function
that makes a new list each time. A function without a name is written `lambda: [784, 10]`.

</details>

### Part: `Recipe` · [[recipe]]

- Fields, in this order: `name` (a string, without a default), `epochs` (3), `rate` (0.1), `sizes` (a list, by default
  `[784, 32, 10]`).
- Fewer than 1 epochs, or a rate that is not above 0: `raise ValueError(…)`, whichever way the object is made. A rate of
  `nan` (not a number) is not above 0 either.
- **Each recipe owns its list.** Changing `recipe.sizes` changes no other recipe, and changing a list that was handed in
  changes no recipe.
- `recipe.changed(rate=0.5)` gives another recipe with these fields changed; `recipe` stays as it was.
- `recipe.to_json()` gives a string, a JSON object with these four names; `Recipe.from_json(text)`, a **classmethod**, gives the recipe back. Called on a
  subclass it gives one of the subclass. A key that is no field raises `TypeError` (which comes by itself).

```text
Recipe("digits")                                     →  Recipe(name='digits', epochs=3, rate=0.1, sizes=[784, 32, 10])
Recipe("digits").changed(rate=0.5).rate              →  0.5
Recipe.from_json('{"name": "a", "sizes": [2, 1]}')   →  Recipe(name='a', epochs=3, rate=0.1, sizes=[2, 1])
```

<details><summary>Hint 1: a list of its own</summary>

`list(some_list)` makes a new list. In `__post_init__` all ways of making a recipe come by: the default, a list that was
handed in, and `replace`.

</details>
<details><summary>Hint 2: three short methods</summary>

Each is one line: `replace` with `**changes`; `json.dumps` of `asdict`; `cls(**…)` of what `json.loads` gives.

</details>
"""

# %% recipe kind="solution"
@dataclass
class Recipe:
    """The settings of a run.

    Fields: name: str, epochs: int = 3, rate: float = 0.1, sizes: list of int = [784, 32, 10], owned by the recipe.
    Raises: ValueError for epochs < 1 or rate not above 0.
    .changed(**changes): another Recipe; .to_json(): str; Recipe.from_json(text): a classmethod.
    """

    # BEGIN SOLUTION
    name: str
    epochs: int = 3
    rate: float = 0.1
    sizes: list = field(default_factory=lambda: [784, 32, 10])

    def __post_init__(self):
        if self.epochs < 1 or not self.rate > 0:
            raise ValueError(f"{self.name}: epochs {self.epochs} and rate {self.rate} must be above 0")
        self.sizes = list(self.sizes)

    def changed(self, **changes):
        return replace(self, **changes)

    def to_json(self):
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))
    # END SOLUTION

# %% recipe_seen kind="example"
try:
    plain = Recipe("digits")
    quick = plain.changed(rate=0.5)
    quick.sizes.append(7)
    print(plain)
    print(quick)
    assert plain.sizes == [784, 32, 10], "two recipes share one list"
    assert Recipe.from_json(quick.to_json()) == quick, "there and back"
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: `@dataclass(frozen=True)` forbids `recipe.rate = 1`. Does it forbid `recipe.sizes.append(7)` too?
"""

# %% [markdown]
r"""
## 4 · Inheritance: what all tasks share, and what each says itself

**Why.** Request 1, new data. Of the loop only one line depends on the task: the loss. All the rest should be written
once.

**Definition.** `class Child(Parent)` *inherits*: a name that the child does not define is looked up in the parent. A
method of the same name *overrides* the parent's. An *abstract* method, `@abstractmethod` in a class that inherits from
`ABC` (abstract base class), has no body worth calling: it says what each child **must** define.

Here is the `Trainer` of this course. Read it slowly: next week uses it unchanged. Each line was in your loop of week 3.
"""

# %% trainer kind="setup"
class Trainer(ABC):
    """Trains a model. A subclass says what the loss of a batch is.

    A batch is a list of tensors whose first axis counts the samples.
    `history` has a row for each epoch that is done: {"epoch": 1, "train": mean loss, "valid": mean loss}.
    """

    def __init__(self, model, optimizer, device="cpu"):
        self.model = model.to(device)
        self.optimizer = optimizer
        self.device = device
        self.history = []

    @abstractmethod
    def loss(self, batch):
        """Return the mean loss of a batch, a tensor that holds one number."""

    def train_epoch(self, loader):
        """Show the model each batch once, step after each, and return the mean loss of a sample."""
        self.model.train()
        total = samples = 0
        for batch in loader:
            batch = [part.to(self.device) for part in batch]
            self.optimizer.zero_grad()
            loss = self.loss(batch)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(batch[0])
            samples += len(batch[0])
        return total / samples

    @torch.no_grad()
    def evaluate(self, loader):
        """Return the mean loss of a sample, and change no weight."""
        self.model.eval()
        total = samples = 0
        for batch in loader:
            batch = [part.to(self.device) for part in batch]
            total += self.loss(batch).item() * len(batch[0])
            samples += len(batch[0])
        return total / samples

    def fit(self, train, valid, epochs, checkpoint=None):
        """Train until `epochs` epochs are done in all, those in `history` included; return `history`."""
        while len(self.history) < epochs:
            row = {"epoch": len(self.history) + 1, "train": self.train_epoch(train), "valid": self.evaluate(valid)}
            self.history.append(row)
            if checkpoint is not None:
                checkpoint.update(self)
        return self.history

# %% [markdown]
r"""
### This raises. Why?
"""

# %% abstract_raises kind="example" tags=["raises-exception"]
Trainer(net, torch.optim.SGD(net.parameters(), lr=0.1))

# %% [markdown]
r"""
<details><summary>What happened</summary>

Nobody has said what the loss is. An abstract class cannot be made into an object; a child that defines all abstract
methods can. So the mistake shows when the object is made, and not hours later.

</details>

A child for numbers, where the loss is the mean squared difference, needs three lines. The data are the green trace of our
recording: from five values in a row predict the next one.
"""

# %% regressor kind="setup"
class Regressor(Trainer):
    """A Trainer for numbers: a batch is inputs (N, D) and targets (N, K)."""

    def loss(self, batch):
        inputs, targets = batch
        return functional.mse_loss(self.model(inputs), targets)

# %% regressor_seen kind="example"
green = torch.from_numpy(coursedata.recording().frames[..., 1].mean(axis=(1, 2))).float()  # (300,)
green = (green - green.mean()) / green.std()
rows = green.unfold(0, 6, 1)  # (295, 6): five values, then the one to predict
pairs = TensorDataset(rows[:, :5], rows[:, 5:])

torch.manual_seed(0)
line = nn.Linear(5, 1)
regressor = Regressor(line, torch.optim.SGD(line.parameters(), lr=0.05), device)
before = regressor.evaluate(DataLoader(pairs, batch_size=50))
regressor.fit(DataLoader(pairs, batch_size=50, shuffle=True), DataLoader(pairs, batch_size=50), epochs=5)
print(f"mean squared error before {before:.3f}, after five epochs {regressor.history[-1]['valid']:.3f}, on", device.type)

# %% [markdown]
r"""
`regressor.fit` is found in `Trainer`, and inside it `self.loss` is found in `Regressor`, because `self` is the object and
its search begins at its own class.

### Part: `Classifier` · [[classifier]]

- `Classifier` inherits from `Trainer` and changes nothing of it but this:
- `loss(batch)`: a batch is `images` and `labels`, (N,) int64; the mean cross-entropy of the model's logits (N, K).
- `accuracy(loader)`: the share of samples, a float from 0 to 1, whose largest logit is at the label. As `evaluate` does:
  in evaluation mode, without gradients, on the trainer's device, over **samples** and not over batches.

```text
three samples in batches of 2, two of them right   →  0.6667, not 0.75 or 0.5
```

<details><summary>Hint 1: the loss</summary>

`functional.cross_entropy(logits, labels)` takes the mean by itself.

</details>
<details><summary>Hint 2: the accuracy</summary>

`evaluate` above is the pattern, `@torch.no_grad()` included. Count right ones and samples: `(a == b).sum().item()`
counts.

</details>
"""

# %% classifier kind="solution"
class Classifier(Trainer):
    """A Trainer for labels: a batch is images (N, ...) and labels (N,) int64.

    loss(batch): mean cross-entropy; accuracy(loader): share of samples that are right, a float.
    """

    # BEGIN SOLUTION
    def loss(self, batch):
        images, labels = batch
        return functional.cross_entropy(self.model(images), labels)

    @torch.no_grad()
    def accuracy(self, loader):
        self.model.eval()
        right = samples = 0
        for images, labels in loader:
            guesses = self.model(images.to(self.device)).argmax(dim=1)
            right += (guesses == labels.to(self.device)).sum().item()
            samples += len(labels)
        return right / samples
    # END SOLUTION

# %% loaders kind="setup"
def loaders():
    """Return a shuffled loader of 600 training digits and one of 300 validation digits."""
    return DataLoader(train_digits, batch_size=32, shuffle=True), DataLoader(valid_digits, batch_size=32)


def digit_reader(seed, dropout=0.2):
    """Return a small network for digits with dropout, its weights drawn from `seed`."""
    torch.manual_seed(seed)
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 32), nn.ReLU(), nn.Dropout(dropout), nn.Linear(32, 10))

# %% classifier_seen kind="example"
try:
    reader = digit_reader(seed=0)
    reading = Classifier(reader, torch.optim.SGD(reader.parameters(), lr=0.05, momentum=0.9))
    reading.fit(*loaders(), epochs=6)
    for row in reading.history:
        print({name: round(value, 3) for name, value in row.items()})
    print(f"right on validation digits: {reading.accuracy(loaders()[1]):.1%}")
    assert reading.history[-1]["valid"] < 1.0, "it should have learned"
except (NameError, NotImplementedError, TypeError) as error:
    print("still open:", error)

# %% [markdown]
r"""
Request 1 is answered: new data, three lines.

**Open question**: `fit` works as long as `history` is shorter than `epochs`. What does `reading.fit(…, epochs=6)` do when
it is called a second time?
"""

# %% [markdown]
r"""
## 5 · `super()`, and the order in which names are looked up

**Why.** A child often wants what its parent does **and something more**. Copying the parent's lines would part the two
for ever.

**Definition.** Each class has a *method resolution order* (MRO): the list of classes in which Python looks a name up,
from left to right; `Child.__mro__` shows it. A child comes before its parents, and parents come in the order in which
they are written. `super().method(…)` calls the method of **the next class in the list of the object's class**. That is
the parent, unless somebody put a class between the two.

```text
class A:            def hello(self): return "A"
class B(A):         def hello(self): return "B" + super().hello()
class C(A):         def hello(self): return "C" + super().hello()
class D(B, C):      pass
```

### Predict
What does `B().hello()` return, and what `D().hello()`?
"""

# %% guess_mro kind="free"
guess_mro = {"B": None, "D": None}

# %% mro_seen kind="example"
class A:
    """At the end of the line."""

    def hello(self):
        return "A"


class B(A):
    """Before A."""

    def hello(self):
        return "B" + super().hello()


class C(A):
    """Before A too."""

    def hello(self):
        return "C" + super().hello()


class D(B, C):
    """Both."""


for kind in (B, D):
    order = " → ".join(one.__name__ for one in kind.__mro__)
    print(f"{kind().hello():5}you said {guess_mro.get(kind.__name__)!s:6} order: {order}")

# %% explain_mro [markdown] kind="free"
r"""
*Explain (double-click here): B was written by somebody who had never heard of C. Why does C get its turn all the same?
What would `A.hello(self)` in place of `super().hello()` have done?*
"""

# %% [markdown]
r"""
**Passing on what one does not know.** `def __init__(self, *args, factor=0.5, **kwargs)` collects all arguments without a
name in `args` and all others with a name in `kwargs`, and `f(*args, **kwargs)` hands them on. So a class can take its own
keyword and leave the rest to the next in line.

**The learning rate** stands in the optimiser: `optimizer.param_groups` is a list of dicts, one for each group of
parameters, and `group["lr"]` is the rate of one.

### Part: `Scheduled` · [[scheduled]]

A `Trainer` whose learning rate shrinks after each epoch. It has no `loss`, so it is abstract still: it is there to be
mixed in, as in `class Slow(Scheduled, Classifier)`.

- `Scheduled(…, factor=0.5)`: takes the keyword `factor`, keeps it as an attribute, and hands **everything else** on,
  also keywords that `Trainer` does not have: a class between the two may want them. `rates` is an empty list of its own.
- `train_epoch(loader)`: lets **the next class in line** train; appends the learning rate of the first group, with which
  it was trained, to `rates`; then multiplies the rate of **each** group with `factor`; returns what the next class
  returned.
- It copies no line of `Trainer`.

```text
lr 0.4, factor 0.5, three epochs   →  rates [0.4, 0.2, 0.1], and the optimiser stands at 0.05
```

<details><summary>Hint 1: two methods</summary>

`__init__` and `train_epoch`. The first line of each calls `super()`.

</details>
<details><summary>Hint 2: what comes back</summary>

Keep what `super().train_epoch(…)` returns, and return it at the end: `fit` writes it into `history`.

</details>
"""

# %% scheduled kind="solution"
class Scheduled(Trainer):
    """A Trainer whose learning rates are multiplied with `factor` after each epoch.

    Scheduled(..., factor=0.5): all but factor is handed on; .factor; .rates, that of the first group in each epoch.
    """

    # BEGIN SOLUTION
    def __init__(self, *args, factor=0.5, **kwargs):
        super().__init__(*args, **kwargs)
        self.factor = factor
        self.rates = []

    def train_epoch(self, loader):
        mean = super().train_epoch(loader)
        self.rates.append(self.optimizer.param_groups[0]["lr"])
        for group in self.optimizer.param_groups:
            group["lr"] *= self.factor
        return mean
    # END SOLUTION

# %% scheduled_seen kind="example"
try:

    class Slow(Scheduled, Regressor):
        """Both: the schedule of one, the loss of the other."""

    print(" → ".join(one.__name__ for one in Slow.__mro__))
    line = nn.Linear(5, 1)
    slow = Slow(line, torch.optim.SGD(line.parameters(), lr=0.4), factor=0.5)
    slow.fit(DataLoader(pairs, batch_size=50, shuffle=True), DataLoader(pairs, batch_size=50), epochs=3)
    print("rates", slow.rates, "now", slow.optimizer.param_groups[0]["lr"])
    assert slow.rates == [0.4, 0.2, 0.1], "note the rate, then change it"
except (NameError, NotImplementedError, TypeError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: in `class Slow(Regressor, Scheduled)` the order is the other way round. Does the rate still shrink?
"""

# %% [markdown]
r"""
## 6 · `nn.Module`: a class that keeps a register

**Why.** `optimizer = SGD(model.parameters())` trains what `parameters()` names, `model.to(device)` moves it,
`state_dict()` saves it. How does the model know what there is? You never told it.

**Definition.** `nn.Module` watches what is assigned to `self.something` and *registers* three kinds:

| assigned to `self.x` | registered as | trained | moved by `.to` | in `state_dict` |
| --- | --- | --- | --- | --- |
| an `nn.Module`, also `nn.ModuleList([...])` | submodule | its parameters | yes | yes |
| an `nn.Parameter(tensor)` | parameter | yes | yes | yes |
| by `self.register_buffer("x", tensor)`, then read as `self.x` | buffer | no | yes | yes |
| a plain tensor, a list of modules, a number | **nothing** | no | **no** | **no** |

The register is made by `nn.Module.__init__`: so `super().__init__()` comes first. `model(x)` is `__call__`, which runs
hooks and then your `forward`.

### Find the bug
This network seems to train: it makes no error, and the loss even falls. Which of its layers learn?
"""

# %% plain_list kind="example"
class Tower(nn.Module):
    """Three layers."""

    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(784, 32), nn.Linear(32, 32)]
        self.last = nn.Linear(32, 10)

    def forward(self, x):
        for layer in self.hidden:
            x = layer(x).relu()
        return self.last(x)


print("named in the state:", list(Tower().state_dict()))
print("parameters:", sum(p.numel() for p in Tower().parameters()), "of", 784 * 32 + 32 + 32 * 32 + 32 + 32 * 10 + 10)

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

`self.hidden` is a Python list. A module registers modules, not lists with modules in them, so the optimiser never hears
of the hidden layers, and a saved file does not hold them: after loading, they are new random ones. `nn.ModuleList([...])`
is a list that registers.

</details>

### This raises. Why?
The mean and the spread of the training pictures belong to the model: with other ones its weights mean nothing. Here they
are a plain tensor. The device `meta` (week 1: shapes without numbers) plays the graphics card.
"""

# %% meta_raises kind="example"
class Forgetful(nn.Module):
    """Subtracts a mean that it did not register."""

    def __init__(self):
        super().__init__()
        self.mean = torch.full((784,), 0.13)
        self.last = nn.Linear(784, 10)

    def forward(self, x):
        return self.last(x - self.mean)


moved = Forgetful().to("meta")
print("weights on", moved.last.weight.device, "· mean on", moved.mean.device)
try:
    moved(torch.ones(2, 784, device="meta"))
except RuntimeError as error:  # caught, since the full message is long
    print("RuntimeError:", error)

# %% [markdown]
r"""
<details><summary>What happened</summary>

`.to` moves what is registered. The mean stayed on the CPU, and a tensor of one device cannot meet one of another. With
`register_buffer` it would have gone along, and into the file.

A CPU tensor of shape `()` is the exception: it is let through. Then nothing raises, and the mean is silently missing from
the saved file.

</details>

### Part: `Net` · [[net]]

- `Net(sizes, mean, std)`: `sizes` is a list such as `[784, 32, 10]`; `mean` and `std` are tensors of shape `()` or
  `(sizes[0],)`.
- `layers`: an `nn.ModuleList` with an `nn.Linear` from each size to the next, in order: here two. `mean` and `std`:
  **buffers** of these names, copies of what was handed in.
- `forward(images)`: images (N, …) of any shape, with `sizes[0]` numbers each: flatten all but the first axis, subtract
  `mean`, divide by `std`; then the layers, with ReLU after each **but the last**. Returns (N, `sizes[-1]`).
- The state has exactly these names:

```text
list(Net([784, 32, 10], mean, std).state_dict())
→ ["mean", "std", "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]
```

<details><summary>Hint 1: pairs of sizes</summary>

`pairwise([784, 32, 10])`, imported above, gives `(784, 32)` and `(32, 10)`.

</details>
<details><summary>Hint 2: a copy</summary>

`tensor.clone()`. Otherwise the model and the caller hold one tensor, and a change by either is a change for both.

</details>
<details><summary>Hint 3: all but the last</summary>

`self.layers[:-1]` works on a `ModuleList`. `images.flatten(1)` keeps axis 0.

</details>
"""

# %% net kind="solution"
class Net(nn.Module):
    """Linear layers with ReLU between them, on standardised inputs.

    sizes: list of int; mean, std: tensors of shape () or (sizes[0],), kept as buffers.
    forward: images (N, ...) to logits (N, sizes[-1]).
    """

    # BEGIN SOLUTION
    def __init__(self, sizes, mean, std):
        super().__init__()
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())
        self.layers = nn.ModuleList(nn.Linear(fan_in, fan_out) for fan_in, fan_out in pairwise(sizes))

    def forward(self, images):
        x = (images.flatten(1) - self.mean) / self.std
        for layer in self.layers[:-1]:
            x = functional.relu(layer(x))
        return self.layers[-1](x)
    # END SOLUTION

# %% net_seen kind="example"
try:
    model = Net([784, 32, 10], digits[:600].mean(), digits[:600].std())
    print(list(model.state_dict()))
    print(model(digits[:5]).shape, "parameters:", sum(p.numel() for p in model.parameters()))
    print("on meta:", model.to("meta")(torch.ones(2, 28, 28, device="meta")).shape)
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: `model.double()` turns everything that is registered into float64. Why is it good that `mean` goes
along?
"""

# %% [markdown]
r"""
## 7 · Hooks, and a `with` that cleans up

**Why.** You want to see what a layer in the middle says, without rewriting the model.

**Definition.** A *forward hook* is a function that PyTorch calls after a module's `forward`:
`handle = module.register_forward_hook(function)`, and `function(module, inputs, output)` is called each time. If it
returns something other than `None`, **that replaces the output**. `handle.remove()` ends it. A hook that nobody removes
goes on for ever and, if it collects, keeps each output in memory; and it is there twice when a cell is run twice.

So it belongs in a `with`. An object can be used there if it has

- `__enter__(self)`: called at the start of the block; what it returns gets the name behind `as`;
- `__exit__(self, kind, error, trace)`: called at the end, **also when the block ends by an error**; the three are `None`
  if there was none. If it returns something true, the error is swallowed: so return nothing.

`file.close()` is in the `__exit__` of a file; that is why `with open(…)` closes it (week 2).
"""

# %% with_seen kind="example"
class Loudly:
    """Says when it is entered and left."""

    def __enter__(self):
        print("  enter")
        return self

    def __exit__(self, kind, error, trace):
        print("  exit, error:", kind and kind.__name__)


with Loudly():
    print("  inside")
try:
    with Loudly():
        1 / 0  # noqa: B018
except ZeroDivisionError:
    print("the error went on")

# %% [markdown]
r"""
### Part: `Watch` · [[watch]]

- `Watch(module)`: nothing happens yet; `outputs` is an empty list.
- `with Watch(module) as watch:` inside the block each output of `module` is appended to `watch.outputs`, in order: a
  **copy of its own, without a gradient** (`.detach().clone()`).
- At the end of the block, error or not, the hook is gone; an error goes on. `outputs` stays readable.
- The model calculates as if nobody watched: same outputs, same gradients, same mode.
- Entering the same object a second time starts with an empty list. Two watches on one module do not disturb each other.

```text
with Watch(model[2]) as watch:
    model(digits[:5]); model(digits[5:7])
[tuple(one.shape) for one in watch.outputs]   →  [(5, 32), (2, 32)]
```

<details><summary>Hint 1: three methods and one more</summary>

`__init__`, `__enter__`, `__exit__`, and the hook itself, a method `def _note(self, module, inputs, output)`. `self._note`
is a function that knows its object: hand that to `register_forward_hook`.

</details>
<details><summary>Hint 2: why a copy?</summary>

A layer such as `nn.ReLU(inplace=True)` behind yours writes into the very tensor that yours returned.

</details>
"""

# %% watch kind="solution"
class Watch:
    """Collects what a module returns, inside a `with` block.

    Watch(module): .outputs, a list of detached copies in the order of the calls.
    """

    # BEGIN SOLUTION
    def __init__(self, module):
        self.module = module
        self.outputs = []

    def __enter__(self):
        self.outputs = []
        self._handle = self.module.register_forward_hook(self._note)
        return self

    def __exit__(self, kind, error, trace):
        self._handle.remove()

    def _note(self, module, inputs, output):
        self.outputs.append(output.detach().clone())
    # END SOLUTION

# %% watch_seen kind="example"
try:
    watched = digit_reader(seed=0)
    with Watch(watched[2]) as watch:
        watched(digits[:5])
        watched(digits[5:7])
    watched(digits[:1])
    print([tuple(one.shape) for one in watch.outputs], "gradient:", watch.outputs[0].requires_grad)
    assert len(watch.outputs) == 2, "the hook is still there"
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: what would a hook change that returns `output * 0`? Could that be of use?
"""

# %% [markdown]
r"""
## 8 · Killed at epoch 3: what has to be kept?

**Why.** Request 2. The weights are not enough: the optimiser remembers too (momentum, Adam's averages), the history has
to go on, and the next shuffle and the next dropout mask come from the *state of the random generator*.

### Find the bug
In section 1 the weights in `best` were not the best. Here is the same line alone.
"""

# %% alias_bug kind="example"
torch.manual_seed(0)
small = nn.Linear(2, 1, bias=False)
best = small.state_dict()
print("noted  ", best["weight"])
with torch.no_grad():
    small.weight += 1.0  # training goes on
print("later  ", best["weight"])
print("one memory:", best["weight"].data_ptr() == small.weight.data_ptr())

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

`state_dict()` gives a dict whose tensors **are** the model's own (week 1: a view, no copy). `best` is another name for
the current weights: an *alias*. It is always equal to the last epoch, so the "best model" of many a published program is
simply its last. A real copy is `copy.deepcopy(model.state_dict())`; writing to a file copies too.

</details>

This class takes a snapshot of a trainer and puts it back. It is right where the snapshot is written to a file **at
once**. Two things are missing.
"""

# %% snapshot kind="setup"
class Snapshot:
    """Takes what a trainer remembers, and puts it back into one."""

    def take(self, trainer):
        """Return weights, optimiser and history: no copies, they go on changing with the trainer."""
        return {
            "model": trainer.model.state_dict(),
            "optimizer": trainer.optimizer.state_dict(),
            "history": trainer.history,
        }

    def put(self, trainer, state):
        """Give a trainer the weights, the optimiser's memory and the history of a snapshot."""
        trainer.model.load_state_dict(state["model"])
        trainer.optimizer.load_state_dict(state["optimizer"])
        trainer.history = state["history"]

# %% [markdown]
r"""
### Predict
A run of 6 epochs is repeated, killed after epoch 3, and resumed in a new trainer with this `Snapshot`, copied. The
network has dropout, the batches are shuffled. Does the resumed curve lie exactly on the other one? What if the network
has no dropout and nothing is shuffled?
"""

# %% guess_resume kind="free"
guess_resume = {"with dropout and shuffle": None, "without": None}

# %% resume_seen kind="example"
class Tiny(Trainer):
    """A trainer for the demonstration, so that it works while your Classifier is still open."""

    def loss(self, batch):
        return functional.nll_loss(self.model(batch[0]).log_softmax(dim=1), batch[1])


def tiny(dropout):
    """Return a new trainer, always with the same weights."""
    network = digit_reader(seed=1, dropout=dropout)
    return Tiny(network, torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9))


def killed_and_resumed(snapshot, dropout=0.2, shuffle=True):
    """Return the histories of a whole run and of one that was resumed after epoch 3."""
    train = DataLoader(train_digits, batch_size=32, shuffle=shuffle)
    valid = loaders()[1]
    whole = tiny(dropout).fit(train, valid, epochs=6)
    killed = tiny(dropout)
    killed.fit(train, valid, epochs=3)
    state = copy.deepcopy(snapshot.take(killed))
    resumed = tiny(dropout)  # draws new weights, and with them moves the random generator
    snapshot.put(resumed, state)
    return whole, resumed.fit(train, valid, epochs=6)


for name, options in {"with dropout and shuffle": {}, "without": {"dropout": 0.0, "shuffle": False}}.items():
    whole, resumed = killed_and_resumed(Snapshot(), **options)
    gap = max(abs(a["valid"] - b["valid"]) for a, b in zip(whole, resumed, strict=True))
    print(f"{name:26}exactly equal: {gap == 0.0!s:7}largest gap {gap:.4f}   you said {guess_resume.get(name)}")

# %% explain_resume [markdown] kind="free"
r"""
*Explain (double-click here): the resumed run is as good as the whole one. Why can it matter that it is not the same?*
"""

# %% [markdown]
r"""
`torch.get_rng_state()` gives the state of PyTorch's generator, a tensor of bytes, and `torch.set_rng_state(state)` sets
it. `DataLoader(shuffle=True)` and dropout on the CPU both draw from it. (On a graphics card the masks come from a second
generator, `torch.cuda.get_rng_state_all()`, and NumPy and `random` have their own: keep those that you use.)

And one more alias: `optimizer.load_state_dict(state)` may keep the tensors of `state`, so the next training step would
write into the snapshot. Put the same snapshot back twice, and you get two different runs.

### Part: `FullSnapshot` · [[full_snapshot]]

- `FullSnapshot` inherits from `Snapshot`, calls its methods by `super()`, and copies none of their lines.
- `take(trainer)`: what `Snapshot.take` gives, **as a real copy**, and under the key `"rng"` the state of PyTorch's
  generator.
- `put(trainer, state)`: what `Snapshot.put` does (hand on all of `state`, also keys that you do not know), and the
  generator is set to `state["rng"]`. `state` **stays as it was**, also when the trainer goes on: it can be put back again.
- A run that was resumed in this way has the same history, bit for bit, as one that was never stopped.

```text
sorted(FullSnapshot().take(trainer))   →  ["history", "model", "optimizer", "rng"]
```

<details><summary>Hint 1: two methods of two or three lines</summary>

Each calls the method of the same name on `super()`.

</details>
<details><summary>Hint 2: copies on both ways</summary>

`copy.deepcopy(value)` copies dicts, lists and tensors, all the way down. `take` copies what it hands out, `put` what it
hands in.

</details>
"""

# %% full_snapshot kind="solution"
class FullSnapshot(Snapshot):
    """A Snapshot that is a real copy and knows the random generator.

    take(trainer): dict with "model", "optimizer", "history", "rng"; put(trainer, state): leaves `state` as it was.
    """

    # BEGIN SOLUTION
    def take(self, trainer):
        state = copy.deepcopy(super().take(trainer))
        state["rng"] = torch.get_rng_state()
        return state

    def put(self, trainer, state):
        super().put(trainer, copy.deepcopy(state))
        torch.set_rng_state(state["rng"])
    # END SOLUTION

# %% full_snapshot_seen kind="example"
try:
    whole, resumed = killed_and_resumed(FullSnapshot())
    print("exactly equal:", whole == resumed)
    assert whole == resumed, "the resumed run went another way"
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: the state is taken after an epoch. What else would you have to keep to resume in the *middle* of one?
"""

# %% [markdown]
r"""
## 9 · On disk: last and best

**Why.** A snapshot in memory dies with the program. On disk two files are wanted: `last.pt`, to go on from, and
`best.pt`, the weights that did best **on the validation data**.

**Definition.** `torch.save(value, path)` writes a dict of tensors, lists and numbers;
`torch.load(path, map_location="cpu", weights_only=True)` reads it, also where there is no graphics card like the one on
which it was written.

**Composition.** A checkpoint is not a *kind of* snapshot; it *has* one, and asks it: `Checkpoint(folder, snapshot)`. So
any snapshot will do: `Snapshot()`, your `FullSnapshot()`, next year's. Inheritance says "is a", composition says "has a".
When in doubt, take the second.

**Atomic** (week 2): a program that is killed while writing must not leave half a file under the right name. Write to a
*temporary* name in the same folder, then `os.replace` it to the right one; if anything raises, delete the temporary file
and let the error go on.

### Part: `Checkpoint` · [[checkpoint]]

- `Checkpoint(folder, snapshot)`: `folder` is a `Path` or string; make it, and those above it, if it is missing.
- `update(trainer)`, called by `fit` after each epoch: writes `snapshot.take(trainer)` by `torch.save` to `last.pt`;
  **and** to `best.pt` if the validation loss of the last row of `trainer.history` is **lower than that of each row before
  it**. On a tie the earlier epoch stays.
- What was best is read from `trainer.history` alone, so that it is still right when a run goes on in a new program with a
  new `Checkpoint`.
- A loss of `nan` (training blew up) is never the best, and does not keep later epochs from being it. If a first loss is
  `inf`, both are right: to call it the best so far, or not.
- Both files are written atomically: if writing or renaming raises (also when <kbd>Ctrl</kbd> <kbd>C</kbd> stops it), the
  error goes on, both files are as they were or new and whole, and no other file is left in the folder.

```text
validation losses   0.9  0.5  0.7  0.5   →  last.pt is of epoch 4, best.pt of epoch 2
```

<details><summary>Hint 1: a method for writing</summary>

Both files are written in the same way: a method `_write(self, name, state)` with `try`, `torch.save`, `os.replace` and
`finally`.

</details>
<details><summary>Hint 2: the best so far</summary>

`math.isnan(x)`; `min(numbers, default=math.inf)` works on an empty list too. `nan < 1.0` and `nan > 1.0` are both
`False`, so `min` of a list with a `nan` in it depends on the order: leave them out first.

</details>
"""

# %% checkpoint kind="solution"
class Checkpoint:
    """Keeps the last and the best epoch of a trainer in a folder, as last.pt and best.pt.

    Checkpoint(folder, snapshot): folder Path or str, made if missing; snapshot has take(trainer).
    update(trainer): after each epoch.
    """

    # BEGIN SOLUTION
    def __init__(self, folder, snapshot):
        self.folder = Path(folder)
        self.snapshot = snapshot
        self.folder.mkdir(parents=True, exist_ok=True)

    def update(self, trainer):
        state = self.snapshot.take(trainer)
        self._write("last.pt", state)
        *earlier, now = [row["valid"] for row in trainer.history]
        if now < min((loss for loss in earlier if not math.isnan(loss)), default=math.inf):
            self._write("best.pt", state)

    def _write(self, name, state):
        temporary = self.folder / f"{name}.part"
        try:
            torch.save(state, temporary)
            os.replace(temporary, self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)
    # END SOLUTION

# %% checkpoint_seen kind="example"
try:
    shutil.rmtree(RUNS / "digits", ignore_errors=True)
    trainer = tiny(dropout=0.2)
    trainer.fit(*loaders(), epochs=8, checkpoint=Checkpoint(RUNS / "digits", Snapshot()))
    print("validation:", [round(row["valid"], 3) for row in trainer.history])
    for name in ("best.pt", "last.pt"):
        kept = torch.load(RUNS / "digits" / name, weights_only=True)
        print(f"{name} is of epoch {len(kept['history'])}")
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: why are the two files, and not one file with both states in it, the safer choice?

### A file of weights can be a program
Most `.pt` files on the internet are *pickles*: a list of instructions for building Python objects. One of the
instructions is "call this function with these arguments".
"""

# %% pickle_seen kind="example"
class Gift:
    """Looks like weights. Its pickle says: call print with this text."""

    def __reduce__(self):
        return print, ("I could have deleted your files just now.",)


data = pickle.dumps({"weights": Gift()})
print("now somebody reads the file:")
pickle.loads(data)

# %% [markdown]
r"""
Nobody called `Gift` here. Reading was enough. `weights_only=True` permits tensors, numbers, strings, lists, dicts and a
few more known types, and refuses everything else **before** it is called. (The format *safetensors* goes further: it
holds nothing but numbers and names.)

### This raises. Why?
"""

# %% gift_raises kind="example"
RUNS.mkdir(exist_ok=True)
torch.save({"weights": Gift()}, RUNS / "gift.pt")
try:
    torch.load(RUNS / "gift.pt", weights_only=True)
except pickle.UnpicklingError as error:  # caught, since the full message is long
    lines = str(error).splitlines()  # which of them names what was refused depends on the version
    print(next((line for line in lines if "GLOBAL" in line), lines[-1]).strip().partition(". ")[0])

# %% [markdown]
r"""
<details><summary>What happened</summary>

The file asks for the function `print`, and that is not on the list. Since PyTorch 2.6 `weights_only=True` is what you get
if you say nothing; a great deal of published code says `weights_only=False`, because then "the error goes away".

</details>

And a file may be sound and yet not fit: another model, other sizes. `load_state_dict` then raises, but **after** it has
copied the tensors that do fit: the model is half old and half new.
"""

# %% half_loaded kind="example"
here = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 3))
there = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 5))
before = here[0].weight.detach().clone()
try:
    here.load_state_dict(there.state_dict())
except RuntimeError as error:
    print(str(error).splitlines()[1].strip()[:68], "…")
print("the first layer is as it was:", torch.equal(before, here[0].weight))

# %% [markdown]
r"""
### Part: `read_checkpoint` · [[read_checkpoint]]

- **In**: `path` (`Path` or string) of a file, and `model`, for which it is meant.
- **Out**: what was saved, a dict that has a state dict under `"model"`; tensors on the CPU. `model` itself is **not
  touched**: putting the state into it is somebody else's task.
- No such file: `FileNotFoundError`.
- Otherwise `raise CheckpointError(…)`, with the file's name (`Path(path).name`) in the message, if
  1. it cannot be read with `weights_only=True`: cut off, empty, text, or asking for a function. **No code in it runs**;
  2. it is no dict, or has no dict under `"model"` (that this one holds tensors you may take for granted);
  3. the names or the shapes of its tensors are not those of `model.state_dict()`: then the message also has **the name of
     a tensor** that does not fit.

```text
CheckpointError: last.pt does not fit: 1.weight is (5, 2) in the file and (3, 2) in the model
```

<details><summary>Hint 1: what torch.load may raise</summary>

Many kinds of errors, depending on what is in the file. `except FileNotFoundError: raise` first, then
`except Exception as error:` catches all others. `raise CheckpointError(…) from error` shows both, so your own message
can be short.

</details>
<details><summary>Hint 2: names and shapes</summary>

Make a dict `{name: tuple(tensor.shape)}` of each side, and go through the names of both, `first | second`.
`dict.get(name)` is `None` where a name is missing.

</details>
"""

# %% checkpoint_error kind="setup"
class CheckpointError(ValueError):
    """A file that cannot be used as a checkpoint of this model."""

# %% read_checkpoint kind="solution"
def read_checkpoint(path, model):
    """Return the state in a checkpoint that fits a model, and leave the model alone.

    path: Path or str; model: nn.Module.
    Returns: dict with a state dict under "model", on the CPU.
    Raises: FileNotFoundError; CheckpointError naming the file, and the tensor if one does not fit.
    """
    # BEGIN SOLUTION
    path = Path(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)  # public
    except FileNotFoundError:
        raise
    except Exception as error:
        raise CheckpointError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if not isinstance(state, dict) or not isinstance(state.get("model"), dict):
        raise CheckpointError(f"{path.name} holds no state of a model")
    stored = {name: tuple(tensor.shape) for name, tensor in state["model"].items()}
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    for name in stored | wanted:
        if stored.get(name) != wanted.get(name):
            shapes = f"{stored.get(name)} in the file and {wanted.get(name)} in the model"
            raise CheckpointError(f"{path.name} does not fit: {name} is {shapes}")
    return state
    # END SOLUTION

# %% read_checkpoint_seen kind="example"
torch.save({"model": there.state_dict()}, RUNS / "other.pt")
(RUNS / "cut.pt").write_bytes((RUNS / "other.pt").read_bytes()[:300])
for name in ("other.pt", "cut.pt", "gift.pt"):
    try:
        read_checkpoint(RUNS / name, here)
    except CheckpointError as error:
        print("CheckpointError:", error)
    except NotImplementedError as error:
        print("still open:", error)

# %% [markdown]
r"""
**Open question**: names and shapes agree, and the file is still of another experiment. What would you write into it, and
where would that come from?
"""

# %% [markdown]
r"""
## 10 · The three requests, answered

This cell uses **your** `Recipe`, `Classifier`, `FullSnapshot`, `Checkpoint` and `read_checkpoint`: two runs at once with
two learning rates; the first is killed after epoch 3 and goes on from its file. If one of them is still open, it says so.
"""

# %% answered kind="example"
def new_run(recipe):
    """Return a new trainer for digits and its checkpoint."""
    network = digit_reader(seed=2)
    optimizer = torch.optim.SGD(network.parameters(), lr=recipe.rate, momentum=0.9)
    return Classifier(network, optimizer), Checkpoint(RUNS / recipe.name, FullSnapshot())


try:
    slow = Recipe("slow", epochs=8, rate=0.02)
    whole, kept = new_run(slow)
    whole.fit(*loaders(), slow.epochs, kept)

    night = slow.changed(name="night")
    killed, kept = new_run(night)
    killed.fit(*loaders(), 3, kept)  # and here the machine was switched off

    quick = slow.changed(name="quick", rate=0.3)
    fast, kept = new_run(quick)  # meanwhile, another run, which draws from the same generator
    fast.fit(*loaders(), quick.epochs, kept)

    resumed, kept = new_run(night)
    FullSnapshot().put(resumed, read_checkpoint(RUNS / "night" / "last.pt", resumed.model))
    print("goes on after epoch", len(resumed.history))
    resumed.fit(*loaders(), night.epochs, kept)
    print("the same curve, bit for bit:", whole.history == resumed.history)

    epochs = range(1, 9)
    plt.figure(figsize=(6.5, 3))
    for one, style, label in (
        (whole, {"linewidth": 7, "alpha": 0.3}, "rate 0.02, never stopped"),
        (resumed, {"color": "black", "marker": "."}, "killed after epoch 3, resumed"),
        (fast, {"color": "C1", "marker": "."}, "rate 0.3, at the same time"),
    ):
        plt.plot(epochs, [row["valid"] for row in one.history], label=label, **style)
    plt.axvline(3.5, color="grey", linestyle=":")
    plt.xlabel("epoch")
    plt.ylabel("validation loss")
    plt.legend()
    plt.show()
except (NameError, NotImplementedError, TypeError) as error:
    print("still open:", error)

# %% [markdown]
r"""
## 11 · The best epoch looks better than it is

**Why.** `best.pt` holds the epoch with the lowest error on the validation data, and its error there is then reported. But
whoever takes the lowest of many noisy numbers takes luck too.

The cell trains one network for 30 epochs and tests each epoch on 3,000 fresh digits. Then it draws 40 of these as a
validation set, chooses the best epoch by them, and looks what *the same epoch* does on all the others. A thousand times.

### Predict
By how many percentage points is the error of the best epoch too low, on average: 0, 1, 3 or 6? And with 160 or 640
validation digits in place of 40?
"""

# %% guess_optimism kind="free"
guess_optimism = {40: None, 160: None, 640: None}

# %% optimism_seen kind="example"
many, truth = draw_digits(3000, seed=5)
many, truth = torch.from_numpy(many).float() / 255, torch.from_numpy(truth).long()
run = tiny(dropout=0.2)
wrong = []
for epoch in range(1, 31):
    run.fit(*loaders(), epochs=epoch)
    with torch.no_grad():
        wrong.append(run.model(many).argmax(dim=1) != truth)
wrong = torch.stack(wrong).float()  # (30, 3000): 1 where an epoch is wrong about a digit

chance = torch.Generator().manual_seed(0)
for size in (40, 160, 640):
    gaps = []
    for _ in range(1000):
        order = torch.randperm(3000, generator=chance)
        held, fresh = order[:size], order[size:]
        errors = wrong[:, held].mean(dim=1)
        chosen = int(errors.argmin())
        gaps.append(wrong[chosen, fresh].mean() - errors[chosen])
    gap = 100 * torch.stack(gaps).mean().item()
    print(f"{size:4} validation digits: {gap:4.1f} points too low   you said {guess_optimism.get(size)}")

# %% explain_optimism [markdown] kind="free"
r"""
*Explain (double-click here): the validation digits were never trained on. Why is the number too low all the same?*
"""

# %% [markdown]
r"""
### Find the bug
A paper says: "We trained for 30 epochs and report the accuracy of the best epoch on the test set." Here is its code, with 100
of the digits as its test set. What is wrong, and what should have been done with which data?
"""

# %% best_on_test kind="example"
best_epoch, best_accuracy = 0, 0.0
for epoch, missed in enumerate(wrong[:, :100], start=1):
    accuracy = 1 - missed.mean().item()
    if accuracy > best_accuracy:
        best_epoch, best_accuracy = epoch, accuracy
print(f"the paper reports:                     {best_accuracy:.1%}, epoch {best_epoch}")
print(f"the same epoch on the 2900 others:     {1 - wrong[best_epoch - 1, 100:].mean().item():.1%}")
print(f"the last epoch on the 2900 others:     {1 - wrong[-1, 100:].mean().item():.1%}")

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

The test set was used for choosing, so it has become a validation set, and the number is optimistic as you have just
measured. On fresh digits the chosen epoch is hardly better than the last one, which nobody chose. Three sets are needed: train on the first, choose the epoch (and the learning rate, and all else) on the second,
and look **once** at the third.

</details>
"""

# %% [markdown]
r"""
## 12 · Looking into a trained model

Three views of the network from section 11. Its **weights**: each hidden unit has one number for each pixel. Its
**activations**: what the hidden units say to a picture. (The third view, *saliency*, is the first stretch part.)
"""

# %% weights_seen kind="example"
figure, axes = plt.subplots(2, 8, figsize=(9, 2.6))
hidden = run.model[1].weight.detach().reshape(32, 28, 28)
for axis, unit in zip(axes.flat, hidden[:16], strict=True):
    axis.imshow(unit, cmap="RdBu_r", vmin=-0.2, vmax=0.2)
    axis.set_axis_off()
figure.suptitle("weights of 16 hidden units: red wants ink, blue wants none")
plt.show()

# %% activations_seen kind="example"
try:
    with torch.no_grad(), Watch(run.model[2]) as watch:
        run.model(many)
    said = watch.outputs[0]
    means = torch.stack([said[truth == digit].mean(dim=0) for digit in range(10)])  # (10, 32)
    plt.figure(figsize=(9, 2.8))
    plt.imshow(means, aspect="auto", cmap="viridis")
    plt.xlabel("hidden unit")
    plt.ylabel("digit")
    plt.yticks(range(10))
    plt.colorbar(label="mean activation")
    plt.show()
    print("units that are silent for all 3000 digits:", int((said == 0).all(dim=0).sum()))
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
The loop can now learn anything for which you can write down a loss, survives the night, and keeps its best. What is still
missing is something worth learning: the recording of week 1 has a pulse in it, and so far only a formula finds it. Next
week this `Trainer`, unchanged, learns to.
"""

# %% [markdown]
r"""
---
## Stretch 1 · `saliency` · [[saliency]]

Which pixels mattered? If a tiny change of a pixel changes the logit a lot, it mattered: *saliency* is the size of the
gradient of a logit **with respect to the picture** (Simonyan, Vedaldi and Zisserman 2014).

- **In**: `model`; `images` (N, H, W) float32; `labels` (N,) int64.
- **Out**: (N, H, W): the absolute value of the derivative of picture n's logit `labels[n]` by each pixel. No gradient
  hangs on it.
- `images` stays as it was (also its `requires_grad`), and so do the model's mode and the `.grad` and `requires_grad` of
  its parameters.

```text
a linear model: the saliency of each picture is the absolute value of the label's row of weights
```

<details><summary>Hint 1: which derivative?</summary>

`torch.autograd.grad(number, tensor)` gives a tuple with the derivative of a number by a tensor, and touches no `.grad`.
The tensor must have `requires_grad` before the model sees it.

</details>
<details><summary>Hint 2: all pictures at once</summary>

Picture n changes only the logits of picture n. So the sum of all chosen logits has, by picture n, the derivative that you
want. `logits[torch.arange(N), labels]` chooses them.

</details>
"""

# %% saliency kind="solution"
def saliency(model, images, labels):
    """Return how strongly each pixel moves the logit of the label.

    model: (N, H, W) to logits (N, K); images: (N, H, W) float32; labels: (N,) int64.
    Returns: (N, H, W), absolute derivatives, without a gradient.
    """
    # BEGIN SOLUTION
    pixels = images.detach().clone().requires_grad_()
    logits = model(pixels)
    chosen = logits[torch.arange(len(labels)), labels].sum()
    (derivative,) = torch.autograd.grad(chosen, pixels)
    return derivative.abs()
    # END SOLUTION

# %% saliency_seen kind="example"
try:
    run.model.eval()
    heat = saliency(run.model, many[:8], truth[:8])
    figure, axes = plt.subplots(2, 8, figsize=(9, 2.6))
    for column in range(8):
        axes[0, column].imshow(many[column], cmap="gray")
        axes[1, column].imshow(heat[column], cmap="magma")
    for axis in axes.flat:
        axis.set_axis_off()
    plt.show()
except NotImplementedError as error:
    print("still open:", error)

# %% [markdown]
r"""
**Open question**: the map is speckled and partly bright where there is no ink. What does a derivative say about a *large*
change, such as erasing a stroke?
"""

# %% [markdown]
r"""
## Stretch 2 · `Windows` · [[windows]]

Next week's network sees a trace through windows. Anything with `__len__` and `__getitem__` can be handed to a
`DataLoader`.

- `Windows(trace, length, hop=1)`: `trace` is a tensor (T,). Window i begins at `i * hop`.
- `windows[i]` gives a tuple: the `length` values from there, (length,), and the value that follows them, of shape (1,).
- `len(windows)`: how many windows there are **that have a value following them**; 0 if the trace is too short.
- `windows[-1]` is the last one. A number beyond either end: `raise IndexError(…)`. (That is how `for pair in windows`
  knows where to end.)

```text
windows = Windows(torch.arange(10.0), length=4, hop=3)
len(windows) → 2     windows[1] → (tensor([3., 4., 5., 6.]), tensor([7.]))
```

<details><summary>Hint 1: where windows begin</summary>

The last window may begin at `T - length - 1`, since one value must follow. Write down the beginnings for the example: 0 and 3,
and 6 is too late.

</details>
<details><summary>Hint 2: how many?</summary>

From 0 to there in steps of `hop`: `range(0, T - length, hop)`. A `range` knows its `len`, also where it is empty.

</details>
<details><summary>Hint 3: which one?</summary>

`some_range[i]` is its i-th number, counts from the end where i is negative, and raises `IndexError` beyond both ends. A slice
never raises, and keeps the axis: `trace[3:4]` has the shape (1,).

</details>
"""

# %% windows kind="solution"
class Windows:
    """A trace cut into windows, each with the value that follows it.

    Windows(trace, length, hop=1): trace (T,); [i]: ((length,), (1,)); len(); IndexError beyond the ends.
    """

    # BEGIN SOLUTION
    def __init__(self, trace, length, hop=1):
        self.trace = trace
        self.length = length
        self.starts = range(0, len(trace) - length, hop)

    def __len__(self):
        return len(self.starts)

    def __getitem__(self, number):
        end = self.starts[number] + self.length
        return self.trace[end - self.length : end], self.trace[end : end + 1]
    # END SOLUTION

# %% windows_seen kind="example"
try:
    cut = Windows(torch.arange(10.0), length=4, hop=3)
    print(len(cut), cut[1], [pair[1].item() for pair in cut])
    inputs, targets = next(iter(DataLoader(Windows(green, 5), batch_size=7)))
    print(inputs.shape, targets.shape)
except (NameError, NotImplementedError) as error:
    print("still open:", error)

# %% [markdown]
r"""
## Stretch 3 · `why_pickle` · [[why_pickle]]

A friend sends you a file of weights and writes: "load it with `weights_only=False`, otherwise there is an error". Why can
reading such a file run a program, and what does `weights_only=True` do about it? Two or three sentences.
"""

# %% why_pickle [markdown] kind="written"
r"""
*Your answer.*
"""

# %% [markdown]
r"""
---
## Before you hand in

*Restart and run all* once. Save. Then tell us two things (no points, and nobody but the course reads them): they decide
what we explain again.
"""

# %% reflection kind="free"
minutes = None  # how long did the core take you? For example 110
muddiest = ""  # which point is still the muddiest? One sentence
