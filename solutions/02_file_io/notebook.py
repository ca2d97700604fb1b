# %% [markdown]
r"""
# Files: the recording in a damaged folder

*[[points]] points · the core takes about [[minutes]] minutes, reading included*

Last week you read a heart rate of 66 from a recording. Then the disk with the recording fell from a table. What is
left is a folder with some files that are cut off, one that is a web page, one that is empty, some that are gone, and a
second copy of most of them. At the end of this notebook all 300 frames are together again, and the pulse with them.

You need week 1 (arrays, shapes, slices) and nothing else. Nothing here is particular to medicine or to networks: every
data set that you will ever train on begins as files that somebody else wrote.

**How this notebook works**

- *Core* parts are for everyone. *Stretch* parts, at the end, are for those who want more.
- Each part stands alone: if one will not work, leave it and go on. No later part needs your answer.
- *Predict* cells come before *run* cells. Write your guess first. Guesses cost no points. *Open questions* are for the
  walk home.
- A line with a small triangle, such as ▸ *Hint 1*, opens when you click it.
- Write each answer where `raise NotImplementedError` stands, and delete that line. All other code is given: run it.
- Cells under "This raises" show an error on purpose. Read it; nothing is broken.
- Hidden tests call your functions with files that you have not seen: other names, with spaces and accents in them;
  other sizes, 0 and 1 among them; damaged ones. All that they ask for stands in the text or in the docstring.
- All that this notebook writes lies in the folder `rescue été` beside it. You may delete it and run everything again.
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
        folders = sorted(Path("/content/drive/MyDrive").glob(above + "exercises/02_file_io"))
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
import argparse
import csv
import glob
import gzip
import json
import math
import os
import random
import shutil
import struct
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np

import coursedata

# %% [markdown]
r"""
## 1 · What lies there?

**Why.** Before a file can be read it must be found, on your machine, on a colleague's Mac and on the course's server.

**Definition.** A *path* says where a file lies: folder in folder, then the file's name. A path that begins at the very
top is *absolute* (`/home/ada/data`, `C:\Users\ada\data`) and holds on one machine only. Any other is *relative*: it
starts at the *current folder*, in Jupyter the one in which the notebook lies. Windows writes `\` between folders, all
others `/`. So never glue paths from strings: `Path("data") / "clip.idx"` writes what the machine wants.

| call (`p` is a `Path`) | gives |
| --- | --- |
| `p / "clip.idx"` | the path of something in the folder `p` |
| `p.name`, `p.stem`, `p.suffix`, `p.parent` | of `data/clip.idx`: `clip.idx`, `clip`, `.idx`, the path `data` |
| `p.with_name("other.idx")` | another name in the same folder |
| `p.exists()`, `p.is_file()`, `p.is_dir()` | is it there, a file, a folder? |
| `p.mkdir(parents=True, exist_ok=True)` | makes a folder and those above it; no error if it is there already |
| `p.iterdir()` | all that lies directly in a folder, **in no order** |
| `p.glob("*.idx")`, `p.glob("*/*.png")`, `p.rglob("*.png")` | what fits a pattern: here, one folder down, at any depth |
| `p.stat().st_size` | size in bytes |
| `p.unlink(missing_ok=True)` | deletes a file; no error if it is not there |
| `shutil.copy(a, b)`, `shutil.rmtree(p)` | copies a file; deletes a folder with all that is in it |
| `os.replace(a, b)` | gives the file `a` the name `b`; a file `b` that was there is gone |

You will also meet the older `os.path.join(a, b)`, `os.listdir(folder)` and `glob.glob("data/*.idx")`. They work with
strings and do the same.
"""

# %% the_folder kind="example"
RESCUE = Path("rescue été")  # a space and accents: names that real people give
coursedata.damaged_folder(RESCUE)

for path in sorted(RESCUE.glob("*")):
    print(path.name, "folder" if path.is_dir() else "file")
print()
for path in sorted((RESCUE / "camera").iterdir()):
    print(f"{path.name:15}{path.stat().st_size:>9,} bytes")
print("the older way finds as many:", len(glob.glob(os.path.join("rescue été", "camera", "*.idx"))))

# %% [markdown]
r"""
One file for each second of the recording, with 30 frames of 72 · 64 · 3 numbers: 414,720 bytes, and 20 more. Three files
have the wrong size, and second 07 is missing. What the 20 bytes are for comes in section 4.

**Sort.** `iterdir` and `glob` give files in the order in which the disk happens to keep them, and that differs between
Windows, macOS and Linux. Code that takes "the first 80 %" of them trains on other data on each machine. Write
`sorted(…)` around each.

**Open question**: `sorted` compares names letter by letter. In which order do `clip 2`, `clip 10` and `clip 1` come,
and why are these files called 00 to 09?
"""

# %% [markdown]
r"""
## 2 · Text and bytes

**Why.** `café` becomes `cafÃ©`, or reading stops with `can't decode byte 0xe9`. Each data set from more than one country
has had this.

**Definition.** On a disk there are only *bytes*: numbers from 0 to 255. *Text* is made of letters. An *encoding* says
which bytes stand for which letter; the file does not say which one was used.

| encoding | é is | can write | where |
| --- | --- | --- | --- |
| `utf-8` | two bytes, `c3 a9` | every letter there is | nearly everywhere today |
| `utf-8-sig` | the same, and three bytes `ef bb bf` at the very start (*byte order mark*) | the same | Excel, Windows' Notepad |
| `latin-1` | one byte, `e9` | 256 letters of western Europe | older Unix programs and instruments; Windows' `cp1252` is nearly the same |

`"é".encode("utf-8")` gives bytes, `b"\xc3\xa9".decode("utf-8")` gives text. Bytes are printed with a `b` in front, and
`\xe9` in them means "the byte e9" (hexadecimal: digits 0 to f, two of them a byte).

- Not all bytes are valid UTF-8: then decoding raises `UnicodeDecodeError`. That is good: you learn that you guessed wrong.
- In `latin-1` **every** byte is some letter: decoding never raises, and may be nonsense.
- `utf-8-sig` reads files with and without the mark, and takes it away.

**Newlines.** A line ends with the byte `\n` (Linux, macOS), with the two bytes `\r\n` (Windows) or, in very old files, with `\r`.
A file that is opened as text for reading shows you `\n` for all three.
"""

# %% [markdown]
r"""
### `open`, and what `with` is for

`open(path, mode, encoding=…)` gives a *file object*, your hand on the file.

| mode | means |
| --- | --- |
| `"r"` | read text (if you give none) |
| `"w"` | write text; **what was in the file is gone at once** |
| `"a"` | write text behind what is there |
| `"x"` | write text, and raise `FileExistsError` if the file is there |
| `"rb"`, `"wb"` | the same with bytes: no encoding, no translation of newlines |

`file.read()` gives all, `file.read(4)` the next four letters or bytes, `file.write(…)` writes, and
`for line in file:` goes line by line; each line still has its `\n` at the end.

What you write waits in memory until enough is there, and goes to the disk when the file is *closed*. `with` closes it
when its block ends, also when the block ends by an error:

```text
with open(path, "w", encoding="utf-8") as file:
    file.write("first line\n")
```

Always name the encoding of a text file: without it, Python takes what the *machine* prefers, on many Windows machines
not UTF-8.

### Predict
The six letters `Zürich` are written without `with`. How many bytes are in the file before and after `close()`? And how
many bytes does the one letter `é` take in three encodings?
"""

# %% guess_bytes kind="free"
guess_bytes = {
    "before close": None,
    "after close": None,
    "utf-8": None,
    "latin-1": None,
    "utf-8-sig": None,
}

# %% bytes_seen kind="example"
path = RESCUE / "open.txt"
file = open(path, "w", encoding="utf-8")  # noqa: SIM115  (on purpose without with)
file.write("Zürich")
seen = {"before close": path.stat().st_size}
file.close()
seen["after close"] = path.stat().st_size
for encoding in ("utf-8", "latin-1", "utf-8-sig"):
    seen[encoding] = len("é".encode(encoding))
for name, count in seen.items():
    print(f"{name:14}{count}   you said {guess_bytes.get(name)}")

# %% explain_bytes [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): what would be lost if the program were killed before `close()`?*
"""

# %% [markdown]
r"""
### This raises. Why?
"""

# %% wrong_encoding kind="example" tags=["raises-exception"]
with open(RESCUE / "notes" / "protocol.txt", encoding="utf-8") as file:
    print(file.read())

# %% [markdown]
r"""
<details><summary>What happened</summary>

The file was written in Latin-1, where ü is the one byte `fc`. In UTF-8 no letter begins with `fc`. Had the writer used
only a to z, nobody would ever have noticed: these letters, digits and common signs, 128 characters together, are the
same in all three encodings.

</details>
"""

# %% two_encodings kind="example"
data = (RESCUE / "notes" / "protocol.txt").read_bytes()
print(data[:34])
print(repr(data.decode("latin-1")[:34]))
log = (RESCUE / "notes" / "log.txt").read_bytes()
print(log[:12])
print(repr(log.decode("utf-8")[:9]), "· with utf-8-sig", repr(log.decode("utf-8-sig")[:9]))
print("read with the wrong one:", "café".encode().decode("latin-1"))

# %% [markdown]
r"""
### An error that you expect
`try` runs its block. If an error of the kind that `except` names comes up in it, Python leaves the block at that point and runs
the one under `except` instead. Any other error goes on and stops the program, as always.

```text
try:
    rate = float(text)      # "66.5" is a number
except ValueError:          # "n. a." is none, and `float` says so
    rate = None
```

### Part: `read_notes` · [[read_notes]]

- **In**: `path` of a text file, a `Path` or a string.
- **Out**: a list with its lines, without what ends them. An empty line stays, as `""`, and spaces stay. If the file ends
  with a newline, nothing comes after it; an empty file gives `[]`.
- Decode as UTF-8, and take a byte order mark away if there is one. If the bytes are not valid UTF-8, decode as Latin-1.
- Lines end with `\n`, `\r\n` or `\r`, and **with nothing else**. Name the encoding wherever you open or decode.

```text
bytes of the file              →  lines
b" one\r\n\r\ntwo\n"           →  [" one", "", "two"]
b"\xef\xbb\xbfcaf\xc3\xa9"     →  ["café"]
b"caf\xe9\n"                   →  ["café"]
```

<details><summary>Hint 1: two encodings</summary>

Try one, and `except UnicodeDecodeError:` try the other. In which order? Only one of the two ever raises.

</details>
<details><summary>Hint 2: the lines</summary>

A file that was opened as text translates newlines for you, and `for line in file` goes through it. What is left to take
off is one `"\n"`. `str.splitlines` also cuts at eight other characters: `"\x85"` is one of them, and in Latin-1 that is a
single byte.

</details>
"""

# %% read_notes kind="solution"
def read_notes(path):
    """Return the lines of a text file, without their ends.

    path: Path or str of a file in UTF-8 (with or without byte order mark), else in Latin-1.
    Returns: list of str; lines end with "\\n", "\\r\\n" or "\\r" and nothing else.
    """
    # BEGIN SOLUTION
    for encoding in ("utf-8-sig", "latin-1"):
        try:
            with open(path, encoding=encoding) as file:
                return [line.rstrip("\n") for line in file]
        except UnicodeDecodeError:
            pass  # not UTF-8: the next one takes every byte
    # END SOLUTION

# %% read_notes_seen kind="example"
for name in ("protocol.txt", "log.txt"):
    print(read_notes(RESCUE / "notes" / name))
assert read_notes(RESCUE / "notes" / "protocol.txt")[2:] == ["", "Kamera fiel vom Tisch"]
assert read_notes(RESCUE / "notes" / "log.txt")[0].startswith("seconds"), "is the byte order mark still there?"

# %% [markdown]
r"""
**Open question**: the file `b"caf\xc3\xa9"` was written in Latin-1 by somebody whose word really ends in `Ã©`. What does your
function answer? Can any function know better?
"""

# %% [markdown]
r"""
## 3 · A report, and three formats

**Why.** People read reports in columns; programs read CSV, JSON or `.npy`. Each of them loses something else.

**f-strings.** In `f"{value:spec}"` the part behind the colon says how the value is shown:

| spec | means | `f"{1234.5678:…}"` or of the text `cut` |
| --- | --- | --- |
| `.2f` | two digits after the decimal point | `1234.57` |
| `,` | a comma between thousands | `1,234.5678` |
| `10.1f` | the same with one digit, padded with spaces to 10 places | `    1234.6` |
| `<8`, `>8`, `^8` | at the left, at the right, in the middle of 8 places | `cut     `, `     cut`, `  cut   ` |
| `.1%` | times 100, with a percent sign | `123456.8%` |
| `02d` | a whole number, filled with zeros to two places | of 7: `07` |
| `02x` | the same in hexadecimal | of 169: `a9` |

They combine in this order: side, width, comma, digits, kind, as in `{size:>12,}` or `{share:>9.1%}`.
"""

# %% formats_seen kind="example"
size, share = 414740, 0.72334
print(f"|{'second 02':<16}|{size:>12,}|{share:>9.1%}|")
print(f"|{'second 10':<16}|{7:>12,}|{1:>9.1%}|")
print(f"{7:02d} {169:02x} {math.pi:.3f}")

# %% [markdown]
r"""
### Part: `report` · [[report]]

- **In**: `rows`, a list of tuples `(name, size, share)`: a text of at most 16 letters, a whole number of bytes, and the
  share of the file that is intact, from 0 to 1. The list may be empty.
- **Out**: one string. Its first line is the heading, then comes a line for each row in the order given, then the total
  of all sizes. **Every** line ends with `"\n"`, the last too.
- Each line: the name at the left of 16 places; the size at the right of the next 12, with commas; the share at the right
  of the next 9, as percent with one digit after the decimal point. The heading has the words `file`, `bytes`, `intact` there.
- The line of the total has the word `total` in place of a name, and ends after the size.

```text
report([("second 00", 414740, 1.0), ("second 02", 300000, 0.7233)])  →

file                   bytes   intact
second 00            414,740   100.0%
second 02            300,000    72.3%
total                714,740
```

<details><summary>Hint 1: a heading is a line like any other</summary>

Texts stand at the right as numbers do: `{'bytes':>12}`.

</details>
<details><summary>Hint 2: how to put it together</summary>

Collect the lines in a list, and let `"\n".join(lines)` glue them; that puts `"\n"` *between* them.

</details>
"""

# %% report kind="solution"
def report(rows):
    """Return a table of files as text.

    rows: list of (name, size, share): str of at most 16 letters, int of bytes, float from 0 to 1.
    Returns: heading, one line a row, and the total of the sizes; each line ends with "\\n".
    """
    # BEGIN SOLUTION
    lines = [f"{'file':<16}{'bytes':>12}{'intact':>9}"]
    total = 0
    for name, size, share in rows:
        lines.append(f"{name:<16}{size:>12,}{share:>9.1%}")
        total += size
    lines.append(f"{'total':<16}{total:>12,}")
    return "\n".join(lines) + "\n"
    # END SOLUTION

# %% report_seen kind="example"
print(report([("second 00", 414740, 1.0), ("second 02", 300000, 0.7233)]))
assert report([]).count("\n") == 2, "each line ends with a newline, the last too"

# %% [markdown]
r"""
### CSV, JSON, `.npy`

| format | holds | comes back as | lost |
| --- | --- | --- | --- |
| CSV | rows of text; anybody can open it | **strings** | all types |
| JSON | numbers, strings, lists, dicts | Python's own types | dtype and shape; tuples become lists |
| `.npy` | one array, byte for byte | the same array | nothing, but only programs read it |

CSV: `csv.writer(file)` has `writerow(list)` and `writerows(list_of_lists)`, `csv.reader(file)` gives rows. It ends its
lines itself, so **open its file with `newline=""`**: otherwise Windows adds another `\r` and every second row is empty.
JSON: `json.dump(value, file)`, `json.load(file)`; with `ensure_ascii=False` é is written as é, not as `\u00e9`.
`.npy`: `np.save(path, array)`, `np.load(path)`.

### Predict
The array `[0.1, 150.3]` of dtype `float32` is written and read in three formats. What type does the first number have
afterwards: `str`, `float` or `float32`?
"""

# %% guess_types kind="free"
guess_types = {"csv": None, "json": None, "npy": None}

# %% types_seen kind="example"
values = np.array([0.1, 150.3], dtype=np.float32)
with open(RESCUE / "values.csv", "w", newline="", encoding="utf-8") as file:
    csv.writer(file).writerow(values)
(RESCUE / "values.json").write_text(json.dumps([float(value) for value in values]), encoding="utf-8")
np.save(RESCUE / "values.npy", values)

with open(RESCUE / "values.csv", newline="", encoding="utf-8") as file:
    back = {"csv": next(csv.reader(file))}
back["json"] = json.loads((RESCUE / "values.json").read_text(encoding="utf-8"))
back["npy"] = np.load(RESCUE / "values.npy")
for name, row in back.items():
    print(f"{name:5}{row[0]!r:28}{type(row[0]).__name__:9}you said {guess_types.get(name)}")

# %% explain_types [markdown] kind="free"
r"""
*Explain (double-click here): why does JSON show 0.10000000149011612 and CSV 0.1? Which of the two is the number that was
in the array?*
"""

# %% [markdown]
r"""
### This raises. Why?
"""

# %% json_raises kind="example" tags=["raises-exception"]
json.dumps({"fps": 30, "mean": values.mean()})

# %% [markdown]
r"""
<details><summary>What happened</summary>

`values.mean()` is a number of NumPy, and JSON knows Python's own types only. `float(…)`, `int(…)` and `array.tolist()`
turn NumPy's into Python's.

</details>

### Find the bug
A friend's program is started with `--packed False`, and a CSV file says `False` in the column `intact`. Run, look, and say
what went wrong before you open the box.
"""

# %% bool_bug kind="example"
options = argparse.ArgumentParser()
options.add_argument("--packed", type=bool, default=True)
print("--packed False gives", options.parse_args(["--packed", "False"]).packed)

row = ["second 02", "False"]
print("intact is", bool(row[1]))

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

What comes from a command line or a CSV file is a *string*, and `bool` of a string asks only whether it is empty:
`bool("False")` is `True`. Compare instead: `row[1] == "True"`; with argparse use `action="store_true"` or
`action=argparse.BooleanOptionalAction`. This bug stands in published training scripts: anyone who asks for `--augment False`
trains with augmentation, and nothing says so.

</details>
"""

# %% [markdown]
r"""
### Part: `save_trace` · [[save_trace]]

- **In**: `folder`, a `Path` or string; the folder, and those above it, may be missing: make them.
  `trace`, a `float64` array `(T, 2)`: seconds and mean green. `about`, a dict that JSON can hold.
- **Writes three files** into the folder; files of these names that were there are replaced:
  - `trace.npy`: the array as it is;
  - `trace.csv` in UTF-8, without byte order mark: first the row `seconds,green`, then a row for each time. Read back with `float(…)`, the numbers
    must be **exactly** those of `trace`;
  - `about.json` in UTF-8 as well, with accents written as themselves.
- **Out**: nothing. Name encodings, and give `newline=""` where the `csv` module writes.

```text
save_trace("out/été", np.array([[0.0, 150.25]]), {"camera": "caméra 1"})
→ trace.csv is "seconds,green", then "0.0,150.25";  about.json is {"camera": "caméra 1"}
```

<details><summary>Hint 1: exact numbers</summary>

Python writes a float with as many digits as are needed to read the same number back. Rounding it first, with `.3f` for
example, loses that. `trace.tolist()` gives rows of Python's floats.

</details>
<details><summary>Hint 2: the steps</summary>

A `Path` and its `mkdir` with two keywords; `np.save`; two `with open(…)`, each with its encoding.

</details>
"""

# %% save_trace kind="solution"
def save_trace(folder, trace, about):
    """Write a trace as trace.npy and trace.csv, and what is known about it as about.json.

    folder: Path or str, made if it is missing, with those above it.
    trace: (T, 2) float64, seconds and green; about: dict for JSON.
    """
    # BEGIN SOLUTION
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
    with open(folder / "trace.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["seconds", "green"])
        writer.writerows(trace.tolist())
    with open(folder / "about.json", "w", encoding="utf-8") as file:
        json.dump(about, file, ensure_ascii=False)
    # END SOLUTION

# %% save_trace_seen kind="example"
few = np.array([[0.0, 150.25], [1 / 30, 150.3], [2 / 30, 0.1 + 0.2]])
save_trace(RESCUE / "traces" / "été", few, {"camera": "caméra 1", "fps": 30})
for name in ("trace.csv", "about.json"):
    print((RESCUE / "traces" / "été" / name).read_text(encoding="utf-8").strip())
assert np.array_equal(np.load(RESCUE / "traces" / "été" / "trace.npy"), few)

# %% [markdown]
r"""
**Open question**: JSON has no NaN ("not a number"), and Python writes it all the same. Who will have trouble with that, and when?
"""

# %% [markdown]
r"""
## 4 · A format from its specification

**Why.** For most formats somebody has written a reader. For the one on your instrument nobody has. With its specification,
one page long, you write your own in ten lines.

**Definition.** IDX is the format of MNIST, the digits of next week. Its specification, complete:

| bytes | what | here, in `second 00.idx` |
| --- | --- | --- |
| 0, 1 | two zeros | `00 00` |
| 2 | the kind of number: 08 uint8, 09 int8, 0b int16, 0c int32, 0d float32, 0e float64 | `08` |
| 3 | the rank R | `04` |
| 4 … 3 + 4·R | R sizes, each a whole number of 4 bytes without sign, *big-endian* | `00 00 00 1e` … |
| then | the numbers, big-endian, the last axis quickest | |

The first four bytes are the *magic number*: by it a program recognises the format. *Big-endian* means that the largest
place comes first, as when we write 1,234. Most processors do it the other way round, *little-endian*. One byte alone has
no order.
"""

# %% header_seen kind="example"
with open(RESCUE / "camera" / "second 00.idx", "rb") as file:
    header = file.read(20)
for start in range(0, 20, 4):
    four = header[start : start + 4]
    print(f"{start:3}  {' '.join(f'{byte:02x}' for byte in four)}", "" if start == 0 else int.from_bytes(four, "big"))

# %% [markdown]
r"""
So: bytes, rank 4, shape (30, 72, 64, 3). Five tools to take such bytes apart:

| call | gives |
| --- | --- |
| `struct.unpack(">HBB", four)` | three numbers from 4 bytes: `>` big-endian, `H` 2 bytes, `B` 1 byte each |
| `struct.unpack(f">{n}I", data)` | n numbers of 4 bytes without sign (`I`), as a tuple |
| `np.frombuffer(data, dtype=">i2", offset=12)` | the bytes from place 12 on as an array of big-endian int16; it cannot be written to |
| `gzip.open(path, "rb")` | as `open`, and unpacks (*gzip*: the name ends with `.gz`) |
| `np.dtype(">i2").newbyteorder("=")` | the same kind of number in the order of your processor: `int16` |

A dtype such as `">i2"` tells NumPy the order of bytes; `.astype(np.int16)` turns the array into the order of your processor.

### Predict
The four bytes `00 00 00 1e` are 30 in big-endian order. What are they in little-endian order: 30, 480, or about 500 million?
"""

# %% guess_order kind="free"
guess_order = None

# %% order_seen kind="example"
print("big   ", struct.unpack(">I", bytes([0, 0, 0, 0x1E]))[0])
print("little", struct.unpack("<I", bytes([0, 0, 0, 0x1E]))[0], "  you said", guess_order)
print("int16 written big-endian, read little-endian:", np.array([1, 2, 256], ">i2").view("<i2").tolist())

# %% explain_order [markdown] kind="free"
r"""
*Explain (double-click here): how would you notice the wrong order in the sizes? And how in the numbers themselves?*
"""

# %% [markdown]
r"""
### Part: `read_idx` · [[read_idx]]

- **In**: `path` (`Path` or string) of a sound IDX file (whole, and nothing behind the numbers) of any of the six kinds, of
  rank 1 or more; sizes may be 0. If the **name** ends with `.gz`, the file is packed by gzip.
- **Out**: an array of that shape, in the byte order of your processor (dtype `np.int16` and so on), that can be written to.

The next cell gives you the six kinds. The specification above says all the rest.

```text
bytes 00 00 0b 01  00 00 00 03  00 01 00 02 01 00   →   array([1, 2, 256], dtype=int16)
```

<details><summary>Hint 1: step by step</summary>

All bytes of the file first. Then the first four: kind and rank. Then 4 · rank more: the shape. The rest: the numbers.

</details>
<details><summary>Hint 2: packed or not</summary>

`gzip.open` and `open` are functions, and a function can be given a name:
`opener = gzip.open if … else open`. `str(path)` has `endswith`.

</details>
<details><summary>Hint 3: the numbers</summary>

`np.frombuffer` with the dtype of the table and the `offset` at which the header ends; then `reshape`; then `astype` to the
dtype in the processor's own order. `astype` copies, so the result can be written to.

</details>
"""

# %% idx_types kind="setup"
IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}  # kind → NumPy's dtype

# %% read_idx kind="solution"
def read_idx(path):
    """Return the array in an IDX file.

    path: Path or str; packed by gzip if the name ends with ".gz".
    Returns: array of the file's shape and kind, in the processor's byte order; it can be written to.
    """
    # BEGIN SOLUTION
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rb") as file:
        data = file.read()
    _, kind, rank = struct.unpack(">HBB", data[:4])
    start = 4 + 4 * rank
    shape = struct.unpack(f">{rank}I", data[4:start])
    stored = np.dtype(IDX_TYPES[kind])
    numbers = np.frombuffer(data, dtype=stored, offset=start)
    return numbers.reshape(shape).astype(stored.newbyteorder("="))
    # END SOLUTION

# %% read_idx_seen kind="example"
(RESCUE / "three.idx").write_bytes(bytes.fromhex("00000b01 00000003 000100020100"))
print(repr(read_idx(RESCUE / "three.idx")))
second = read_idx(RESCUE / "camera" / "second 00.idx")
print(second.shape, second.dtype, "pixel at row 46, column 20:", second[0, 46, 20])
packed = read_idx(RESCUE / "backup d'été" / "second 00.idx.gz")
assert np.array_equal(second, packed), "the packed copy should hold the same"

# %% [markdown]
r"""
Row 46, column 20 of frame 0 was `[227 149 124]` in week 1. It is again.

**Open question**: the last axis runs quickest. What would you see if a program wrote it slowest and did not say so?
"""

# %% [markdown]
r"""
## 5 · Slices of what was read

**Why.** A file holds an hour, you need four seconds of a cheek. Slices say so. But a slice of an array is a *view* (week 1):
as long as you keep the four seconds, the hour stays in memory.

**Definition.** Frame n is taken at n / fps seconds. From `start` up to, and without, `stop` seconds are the frames
`round(start * fps)` up to, and without, `round(stop * fps)`. Why round? `4.1 * 30` is 123 on paper and
122.99999999999999 in a computer, and `int` of it is 122.
"""

# %% slices_seen kind="example"
clip = coursedata.recording().frames  # (300, 72, 64, 3): the recording as it should be
piece = clip[30:60, 40:46, 20:44]
print("piece", piece.shape, f"needs {piece.nbytes:,} bytes and keeps {piece.base.nbytes:,} alive")
print(f"4.1 * 30 = {4.1 * 30}, int gives {int(4.1 * 30)}, round gives {round(4.1 * 30)}")
print("every third frame, green only:", clip[::3, :, :, 1].shape, " last second:", clip[-30:].shape)

# %% [markdown]
r"""
### Part: `cut_clip` · [[cut_clip]]

- **In**: `clip`, an array `(T, H, W, C)` of any dtype; `fps`, frames a second; `start` and `stop` in seconds with
  0 ≤ start ≤ stop; `box`, a tuple `(top, left, height, width)`: row and column of its upper left corner, and its size. All of it
  lies inside the clip.
- **Out**: an array `(n, height, width, C)` with these pixels, same dtype, **with memory of its own**: writing into it changes
  nothing else, and the large clip can be forgotten.

```text
cut_clip(clip, fps=30, start=1.0, stop=2.0, box=(40, 20, 6, 24))   →  shape (30, 6, 24, 3)
cut_clip(clip, fps=30, start=4.1, stop=4.1, box=(0, 0, 2, 2))      →  shape (0, 2, 2, 3)
```

<details><summary>Hint 1: the end of a slice</summary>

`height` is a count. The box ends before row `top + height`.

</details>
<details><summary>Hint 2: memory of its own</summary>

Arrays have `.copy()`.

</details>
"""

# %% cut_clip kind="solution"
def cut_clip(clip, fps, start, stop, box):
    """Return a box of a clip for some seconds, as a copy.

    clip: (T, H, W, C), any dtype; fps: frames a second; start, stop: seconds.
    box: (top, left, height, width) in pixels.
    Returns: (n, height, width, C), same dtype, sharing no memory with `clip`.
    """
    # BEGIN SOLUTION
    top, left, height, width = box
    first, last = round(start * fps), round(stop * fps)
    return clip[first:last, top : top + height, left : left + width].copy()
    # END SOLUTION

# %% cut_clip_seen kind="example"
cheek = cut_clip(clip, 30, 1.0, 2.0, (40, 20, 6, 24))
print(cheek.shape, cheek.dtype)
assert np.array_equal(cut_clip(clip, 30, 4.1, 4.4, (0, 0, 2, 2)), clip[123:132, :2, :2]), "frames 123 to 131"
assert cheek.base is None or not np.shares_memory(cheek, clip), "still tied to the clip"

# %% [markdown]
r"""
**Open question**: `np.load("large.npy", mmap_mode="r")` reads nothing at first. When does it read, and what?
"""

# %% [markdown]
r"""
## 6 · Pictures: blue comes first

**Why.** OpenCV, the library that most people read pictures and videos with, gives the colours as blue, green, red (**BGR**).
Matplotlib, PyTorch and this course mean red, green, blue (**RGB**). Nothing raises. A network trained on one and asked about
the other only gets worse.

| call | gives |
| --- | --- |
| `cv2.imread(path)` | the picture, (H, W, 3), BGR; **`None` if anything is wrong**, and on Windows also when the path has accents |
| `np.fromfile(path, np.uint8)` | all bytes of any file, whatever its name; `FileNotFoundError` if there is none |
| `cv2.imdecode(data, cv2.IMREAD_COLOR)` | the picture in these bytes, (H, W, 3), BGR, uint8, also when it is stored in grey, with transparency or with 16 bits a colour; `None` if they are no picture; an error of its own if there are no bytes at all |
| `cv2.cvtColor(image, cv2.COLOR_BGR2RGB)` | the picture with the colours the other way round |
| `image[:, :, ::-1]` | the same, as a view |
"""

# %% [markdown]
r"""
### Find the bug
A friend measures how red and how blue the cheek is. What is wrong with these numbers, and which of the two pictures gives
it away?
"""

# %% bgr_bug kind="example"
picture = RESCUE / "pictures" / "skin" / "skin 00.png"
image = cv2.imdecode(np.fromfile(picture, dtype=np.uint8), cv2.IMREAD_COLOR)
print("redness of the cheek:", image[:, :, 0].mean().round(1), " of blue:", image[:, :, 2].mean().round(1))

figure, (left, right) = plt.subplots(1, 2, figsize=(5, 2.2))
left.imshow(image)
left.set_title("as it came")
right.imshow(image[:, :, ::-1])
right.set_title("turned round")
plt.show()

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

Channel 0 is blue here, so both numbers carry the other's name. In the picture skin is blue, which a person sees at once; a
mean, or a network, does not complain. For the pulse it hides even better: green stays in the middle, so week 1's curve is
right, and only methods that use all three colours go wrong.

</details>

### This raises. Why?
"""

# %% none_raises kind="example" tags=["raises-exception"]
cv2.imread(str(RESCUE / "pictures" / "skin" / "skin 99.png")).shape

# %% [markdown]
r"""
<details><summary>What happened</summary>

There is no `skin 99.png`. `cv2.imread` says nothing and gives `None`, and the error comes one step later, in words that do
not name the file. Anyone who uses `imread` must ask `if image is None` each time.

</details>

### Part: `load_square` · [[load_square]]

Networks want pictures of equal sides. Read a picture and cut the largest square out of its middle.

- **In**: `path` (`Path` or string) of a picture in colour or in grey, perhaps with a fourth channel for transparency (leave it
  out), perhaps with 16 bits a colour.
- **Out**: an array `(S, S, 3)`, uint8, **RGB**, where S is the smaller of height and width. The square begins at row
  `(H - S) // 2` and column `(W - S) // 2`.
- A file that is no picture, or is empty: `raise ValueError(…)` with the file's name in the message. A missing file:
  `FileNotFoundError` (one of the calls in the table raises it for you).

```text
a picture of 8 rows and 10 columns  →  shape (8, 8, 3): columns 1 to 8
```

<details><summary>Hint 1: the order of the tests</summary>

Bytes, then "are there any?", then the picture, then "is it None?".

</details>
<details><summary>Hint 2: the square</summary>

`image.shape[:2]` holds height and width; then two slices that begin at the places named above and are S long.

</details>
"""

# %% load_square kind="solution"
def load_square(path):
    """Return the central square of a picture.

    path: Path or str of a picture, in colour or grey.
    Returns: (S, S, 3) uint8, RGB, S the smaller side.
    Raises: ValueError naming the file if it is no picture or empty; FileNotFoundError if there is none.
    """
    # BEGIN SOLUTION
    data = np.fromfile(path, dtype=np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size > 0 else None
    if image is None:
        raise ValueError(f"{path} is no picture")
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = image[top : top + side, left : left + side]
    return cv2.cvtColor(square, cv2.COLOR_BGR2RGB)
    # END SOLUTION

# %% load_square_seen kind="example"
square = load_square(picture)
print(square.shape, square.dtype, "mean of red, green, blue:", square.mean(axis=(0, 1)).round(1))
assert square[:, :, 0].mean() > square[:, :, 2].mean(), "skin has more red than blue"

# %% [markdown]
r"""
**Open question**: JPEG throws away what eyes do not miss. Would you store the frames of a pulse recording as JPEG?
"""

# %% [markdown]
r"""
## 7 · Training and validation, on disk

**Why.** A network is judged on pictures that it was not trained on. So a part is set aside before anything else happens, once,
in a way that anybody can repeat, and everybody uses the same parts.

**Definition.** A *split* deals files into two folders, here `train` and `validation`. It is

- *seeded*: chance decides, from a generator with a seed, so the same seed gives the same split;
- *stratified*: each *label* (here: the name of the folder a picture lies in) gives the same share. With 6 pictures of hair and 15 of
  skin, a split that ignores labels may well set aside no hair at all.

`random.Random(seed)` is a generator of your own, and its method `shuffle` mixes a list in place.
"""

# %% split_seen kind="example"
pictures = RESCUE / "pictures"
for label in sorted(path for path in pictures.iterdir() if path.is_dir()):
    print(f"{label.name:6}{len(list(label.glob('*.png'))):3} pictures, {len(list(label.iterdir()))} files")

empty = 0
for seed in range(1000):
    names = ["hair"] * 6 + ["skin"] * 15 + ["wall"] * 9
    random.Random(seed).shuffle(names)
    empty += "hair" not in names[:6]  # a fifth of 30, labels ignored
print(f"in {empty} of 1000 splits that ignore labels, validation holds no hair")

# %% [markdown]
r"""
### Part: `split_folder` · [[split_folder]]

- **In**: `source`, a folder with one folder for each label, in which pictures `*.png` lie (files beside the labels, and
  other files among the pictures, are not copied); `target`, where the split goes, made if it is missing; `share`, the part
  that goes to validation; `seed`, a whole number.
- **Writes** a copy of each picture, under its own name, into `target/train/LABEL` or `target/validation/LABEL`. Of a label
  with n pictures, `round(share * n)` go to validation, chosen by chance. The pictures in `source` stay.
- The same arguments give the same split, **on every machine, each time Python starts and at every call**. A second call with the same arguments does
  not raise. Another seed, with a new `target`, gives another split.
- **Out**: nothing.

```text
split_folder(RESCUE / "pictures", RESCUE / "parts", share=0.2, seed=7)
→ parts/validation holds 1 of 6 hair, 3 of 15 skin, 2 of 9 wall; parts/train holds the others
```

<details><summary>Hint 1: the same on every machine</summary>

A generator with a seed mixes the *same list* in the same way. In which order do `glob` and `iterdir` give their lists?

</details>
<details><summary>Hint 2: for each label</summary>

A sorted list of its pictures, shuffled; the first `round(share * n)` of it, and the rest. `shutil.copy` needs the folder to
be there.

</details>
"""

# %% split_folder kind="solution"
def split_folder(source, target, share, seed):
    """Copy source/LABEL/*.png to target/train/LABEL and target/validation/LABEL.

    source, target: Path or str; share: of each label's pictures, round(share * n) go to validation.
    seed: int; the same seed gives the same split on every machine.
    """
    # BEGIN SOLUTION
    chance = random.Random(seed)
    for label in sorted(path for path in Path(source).iterdir() if path.is_dir()):
        files = sorted(label.glob("*.png"))
        chance.shuffle(files)
        held = round(share * len(files))
        for part, members in (("validation", files[:held]), ("train", files[held:])):
            goal = Path(target) / part / label.name
            goal.mkdir(parents=True, exist_ok=True)
            for path in members:
                shutil.copy(path, goal)
    # END SOLUTION

# %% split_folder_seen kind="example"
parts = RESCUE / "parts"
if parts.exists():
    shutil.rmtree(parts)  # what an earlier run of this cell left
split_folder(pictures, parts, share=0.2, seed=7)
for part in ("train", "validation"):
    counts = {label.name: len(list(label.iterdir())) for label in sorted((parts / part).iterdir())}
    print(part, counts)
assert len(list(parts.rglob("*.png"))) == 30, "each picture lies in one of the two parts"

# %% [markdown]
r"""
**Open question**: these pictures were cut from one recording of one person. Is a split picture by picture honest, if the
network is to work on *other* people?
"""

# %% [markdown]
r"""
## 8 · The whole file or none

**Why.** A program that is killed while it writes leaves half a file, **under the right name**. With mode `"w"` the old one was
gone before the first new byte. The next program finds a file, believes it, and fails far away from the cause.

**Definition.** A write is *atomic* if at every moment there is either the old file or the whole new one. The recipe:

1. write all of it to a *temporary name* in the **same folder**;
2. `os.replace` from the temporary name to the right one: the new file takes the name in one step, on Windows too (`os.rename` raises there if
   the name is taken);
3. if anything goes wrong on the way, delete the temporary file and let the error go on.

`try: … finally: …` runs the block under `finally` in any case, error or not, and lets the error go on.

The function below has `yield` in place of `return`: it hands one piece to the `for` loop that asks, waits there, and goes on
when the loop asks for the next.
"""

# %% half_written kind="example"
def chunks_until_the_power_fails():
    """Yield two pieces of a file and then break off."""
    yield b"first half, "
    yield b"a bit more, "
    raise OSError("the power failed")


victim = RESCUE / "results.txt"
victim.write_bytes(b"three weeks of work")
try:
    with open(victim, "wb") as file:
        for chunk in chunks_until_the_power_fails():
            file.write(chunk)
except OSError as error:
    print("error:", error)
print("what is left:", victim.read_bytes())

# %% [markdown]
r"""
### Part: `write_atomically` · [[write_atomically]]

- **In**: `path` (`Path` or string), in a folder that is there; `chunks`, something that gives pieces of bytes, one after the other, when you
  write `for chunk in chunks`. They may be many and large: write each as it comes.
- **Writes** the pieces, one behind the other, to `path`. A file that was there is replaced.
- If anything raises on the way (the pieces, the disk, Ctrl-C, or the renaming itself: on Windows it does if another program
  has the file open), that error goes on to the caller, `path` **is as it was**, and **no temporary file is left**.
- **Out**: nothing.

```text
write_atomically(victim, [b"all ", b"of it"])             →  the file holds b"all of it"
write_atomically(victim, chunks_until_the_power_fails())  →  OSError, and the file holds what it held
```

<details><summary>Hint 1: the temporary name</summary>

`with_name` keeps the folder: give it `path.name` with something behind it, such as `.part`. `path` may be a string:
`Path(path)` takes both.

</details>
<details><summary>Hint 2: cleaning up</summary>

In a `finally` block, `unlink` with `missing_ok=True` is right in both cases: after success there is nothing left to delete. Mind
where `os.replace` stands: the file must be closed before (Windows refuses otherwise), and it belongs inside the `try`.

</details>
"""

# %% write_atomically kind="solution"
def write_atomically(path, chunks):
    """Write pieces of bytes to a file, all or nothing.

    path: Path or str; what is there stays as it was unless everything worked.
    chunks: iterable of bytes, possibly long, which may raise.
    """
    # BEGIN SOLUTION
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    # END SOLUTION

# %% write_atomically_seen kind="example"
victim.write_bytes(b"three weeks of work")
try:
    write_atomically(victim, chunks_until_the_power_fails())
except OSError as error:
    print("error:", error, "· what is left:", victim.read_bytes())
write_atomically(victim, [b"all ", b"of it"])
print("and when all is well:", victim.read_bytes())
assert not list(RESCUE.glob("results.txt?*")), "a temporary file was left"

# %% [markdown]
r"""
**Open question**: after `os.replace` the power fails for real. Is the new file on the disk? (Look up `os.fsync`.)
"""

# %% [markdown]
r"""
## 9 · Say what is wrong

**Why.** `cannot reshape array of size 299980 into shape (30,72,64,3)` is an answer to another question. Whoever gets it at night
needs to know **which file**, and **what is wrong with it**, so that a program can choose the backup.

**Definition.** An *exception class* of your own gives each kind of trouble its name. They are given here; what `class` means is
explained in week 4. `raise EmptyFile("…")` raises one. `except ClipError` catches all of them, since they are written as kinds of `ClipError`.
"""

# %% clip_errors kind="setup"
class ClipError(Exception):
    """Something is wrong with a file that should hold a clip."""


class MissingFolder(ClipError):
    """The folder that the file should lie in is not there."""


class MissingFile(ClipError):
    """The folder is there and the file is not."""


class EmptyFile(ClipError):
    """The file holds no byte."""


class WrongMagic(ClipError):
    """The file does not begin as an IDX file does."""


class Truncated(ClipError):
    """The file is shorter than its header says, or has not even a whole header."""


# %% errors_seen kind="example"
try:
    raise EmptyFile("second 05.idx holds no byte")
except ClipError as error:
    print(type(error).__name__, "·", error)

# %% [markdown]
r"""
### Part: `check_idx` · [[check_idx]]

- **In**: `path` (`Path` or string), perhaps of an IDX file; packed by gzip if the name ends with `.gz`. Spaces and accents
  in it are no damage.
- **Out**: if the file is sound, its shape, a tuple such as `(30, 72, 64, 3)`. Extra bytes at the end do not matter.
- Otherwise raise, **the first that fits**, with the file's name (`path.name`) in the message:

| | when | exception |
| --- | --- | --- |
| 1 | the folder that it should lie in is not there | `MissingFolder` |
| 2 | there is no such file in it | `MissingFile` |
| 3 | the file has 0 bytes | `EmptyFile` |
| 4 | its name ends with `.gz` and gzip did not pack it (`gzip.BadGzipFile`); or its first four bytes are not 0, 0, a kind in `IDX_TYPES`, and a rank of at least 1 | `WrongMagic` |
| 5 | the packed data break off (`EOFError`); or there are fewer than 4 bytes; or fewer than the header says, in the sizes or in the numbers | `Truncated` |

Rows 4 and 5 count the bytes after unpacking. Fewer than four unpacked bytes are `Truncated`, whatever they are; a `.gz` that gzip
did not pack cannot be unpacked, however short it is: that is row 4.

```text
camera/second 00.idx → (30, 72, 64, 3)      old disk/second 00.idx → MissingFolder
camera/second 02.idx → Truncated            camera/second 07.idx   → MissingFile
camera/second 04.idx → WrongMagic           camera/second 05.idx   → EmptyFile
```

<details><summary>Hint 1: the order of your tests</summary>

`path.parent.is_dir()`, `path.is_file()`, `path.stat().st_size`; then read all bytes, inside a `try` that catches the two
errors of gzip and raises yours; then the length, the magic number, the sizes, the numbers.

</details>
<details><summary>Hint 2: how many bytes there should be</summary>

The header has 4 + 4 · rank bytes. The numbers take `math.prod(shape)` times the bytes of one of them, and
`np.dtype(">i2").itemsize` is 2. (`math.prod(())` is 1, but a rank of 0 is refused before that.)

</details>
"""

# %% check_idx kind="solution"
def check_idx(path):
    """Return the shape that a sound IDX file holds, and raise what is wrong with any other.

    path: Path or str; packed by gzip if the name ends with ".gz".
    Returns: tuple of int.
    Raises: MissingFolder, MissingFile, EmptyFile, WrongMagic or Truncated, the first that fits, naming the file.
    """
    # BEGIN SOLUTION
    path = Path(path)
    if not path.parent.is_dir():
        raise MissingFolder(f"{path.parent} is no folder: {path.name} cannot be there")
    if not path.is_file():
        raise MissingFile(f"{path.name} is not in {path.parent}")
    if path.stat().st_size == 0:
        raise EmptyFile(f"{path.name} holds no byte")
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            data = file.read()
    except gzip.BadGzipFile:
        raise WrongMagic(f"{path.name} is not packed by gzip")
    except EOFError:
        raise Truncated(f"{path.name}: the packed data break off")
    if len(data) < 4:
        raise Truncated(f"{path.name} has less than a magic number")
    zeros, kind, rank = struct.unpack(">HBB", data[:4])
    if zeros != 0 or kind not in IDX_TYPES or rank == 0:
        raise WrongMagic(f"{path.name} is no IDX file: it begins with {data[:4].hex(' ')}")
    start = 4 + 4 * rank
    if len(data) < start:
        raise Truncated(f"{path.name} ends within its header")
    shape = struct.unpack(f">{rank}I", data[4:start])
    if len(data) - start < math.prod(shape) * np.dtype(IDX_TYPES[kind]).itemsize:
        raise Truncated(f"{path.name} has fewer numbers than its header says")
    return shape
    # END SOLUTION

# %% check_idx_seen kind="example"
for name in ("camera/second 00.idx", "camera/second 02.idx", "camera/second 04.idx", "camera/second 05.idx",
             "camera/second 07.idx", "old disk/second 00.idx", "backup d'été/second 03.idx.gz"):  # fmt: skip
    try:
        print(f"{name:30}", check_idx(RESCUE / name))
    except ClipError as error:
        print(f"{name:30}", type(error).__name__, "·", error)

# %% [markdown]
r"""
**Open question**: one byte in the middle of a file is wrong, and its length is right. Which of the five tests notices? What would you have to
write down beforehand?
"""

# %% [markdown]
r"""
## 10 · The rescue

This cell uses **your** `check_idx`, `read_idx` and `write_atomically`: for each second it takes the first sound copy.
If one of the three is still open, it says so and nothing is lost.
"""

# %% rescue kind="example"
def first_sound_copy(second):
    """Return the frames of one second and where they were found."""
    name = f"second {second:02d}.idx"
    for path in (RESCUE / "old disk" / name, RESCUE / "camera" / name, RESCUE / "backup d'été" / f"{name}.gz"):
        try:
            check_idx(path)
        except ClipError:
            continue
        return read_idx(path), path.parent.name
    raise ClipError(f"no copy of second {second} is sound")


try:
    found = [first_sound_copy(second) for second in range(10)]
    print("found in:", [place for _, place in found])
    rescued = np.concatenate([frames for frames, _ in found])
    write_atomically(RESCUE / "rescued.raw", (frame.tobytes() for frame in rescued))
    print("rescued:", rescued.shape, f"{(RESCUE / 'rescued.raw').stat().st_size:,} bytes")
    print("the recording of week 1, byte for byte:", np.array_equal(rescued, coursedata.recording().frames))
    plt.figure(figsize=(9, 2.5))
    plt.plot(np.arange(300) / 30, rescued[:, :, :, 1].mean(axis=(1, 2)))
    plt.xlabel("seconds")
    plt.ylabel("mean green")
    plt.show()
except NotImplementedError as error:
    print("Still open:", error)

# %% [markdown]
r"""
The recording is back. You can find a pulse in it by correlating with waves of known rates. But nobody told you *which* pixels are skin,
or what to do when a head moves: next week a machine begins to learn such things from examples, first on digits.
"""

# %% [markdown]
r"""
---
## Stretch 1 · `index_images` · [[index_images]]

Programs that train want a list: this file, that label.

- **In**: `folder` (`Path` or string) with a folder for each label and pictures directly in them.
- **Out**: a list of tuples `(path, label)`, both strings, sorted. `path` is relative to `folder` and has `/` on every machine
  (`path.relative_to(folder).as_posix()`).
- A picture is a file whose suffix is `.png`, `.jpg` or `.jpeg`, in small or capital letters, and whose name does not begin with a dot (on some
  disks macOS puts a second file beside each picture, with the same name behind `._`, which is no picture).
- If `folder` is no folder, `raise FileNotFoundError(…)`: `glob` would find nothing and say nothing.

```text
index_images(RESCUE / "pictures")[:2]  →  [("hair/hair 00.png", "hair"), ("hair/hair 01.png", "hair")]
```

<details><summary>Hint 1: what to go through</summary>

`folder.glob("*/*")` gives what lies exactly one folder deep, in any order. The name of the folder around it is
`path.parent.name`.

</details>
<details><summary>Hint 2: what to leave out</summary>

`path.suffix.lower()` is the ending in small letters, with its dot; `path.name` is the name without folders. A folder may have
such an ending, too: ask `path.is_file()`. `sorted` compares tuples by their first place, then by the second.

</details>
"""

# %% index_images kind="solution"
def index_images(folder):
    """Return (path, label) of each picture in folder/LABEL/.

    folder: Path or str.
    Returns: sorted list of (str, str): the path relative to `folder`, with "/", and the label.
    Raises: FileNotFoundError if `folder` is no folder.
    """
    # BEGIN SOLUTION
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder")
    found = []
    for path in folder.glob("*/*"):
        if path.is_file() and path.suffix.lower() in (".png", ".jpg", ".jpeg") and not path.name.startswith("."):
            found.append((path.relative_to(folder).as_posix(), path.parent.name))
    return sorted(found)
    # END SOLUTION

# %% index_images_seen kind="example"
index = index_images(RESCUE / "pictures")
print(len(index), "pictures:", index[:2])
assert len(index) == 30

# %% [markdown]
r"""
## Stretch 2 · `write_idx` · [[write_idx]]

The other direction of section 4, from the same specification.

- **In**: `path` (`Path` or string), packed by gzip if its name ends with `.gz`; `array` of rank 1 or more, of one of the six kinds, in any
  byte order, contiguous or not.
- **Writes** the IDX file. A dtype that IDX does not know, such as int64 or bool: `raise ValueError(…)`, and no file is made.

```text
write_idx(path, np.array([1, 2, 256], dtype=np.int16))  →  bytes 00 00 0b 01  00 00 00 03  00 01 00 02 01 00
```

<details><summary>Hint 1: which kind?</summary>

Go through `IDX_TYPES.items()` and compare `np.dtype(name)` with `array.dtype.newbyteorder(">")`. A `for` loop may have an
`else:`, which runs when no `break` came.

</details>
<details><summary>Hint 2: the bytes</summary>

`struct.pack` is the opposite of `struct.unpack`: `struct.pack(">2I", 5, 7)` gives 8 bytes. `array.astype(">i2").tobytes()` gives the numbers,
row by row, whatever the strides.

</details>
"""

# %% write_idx kind="solution"
def write_idx(path, array):
    """Write an array as an IDX file.

    path: Path or str; packed by gzip if the name ends with ".gz".
    array: uint8, int8, int16, int32, float32 or float64, rank 1 or more.
    Raises: ValueError for any other dtype.
    """
    # BEGIN SOLUTION
    for kind, name in IDX_TYPES.items():
        if np.dtype(name) == array.dtype.newbyteorder(">"):
            break
    else:
        raise ValueError(f"IDX has no kind for {array.dtype}")
    header = struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape)
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "wb") as file:
        file.write(header + array.astype(name).tobytes())
    # END SOLUTION

# %% write_idx_seen kind="example"
write_idx(RESCUE / "mine.idx", np.array([1, 2, 256], dtype=np.int16))
print((RESCUE / "mine.idx").read_bytes().hex(" "))

# %% [markdown]
r"""
## Stretch 3 · `read_frames` · [[read_frames]]

An hour of video in one file, and you need ten frames of it. `file.seek(n)` goes to byte n without reading what lies before, and
`file.read(k)` reads k bytes from there.

- **In**: `path` of an IDX file of kind 08 (uint8), not packed, of rank 1 or more; `first`, the number of the first frame (a place on
  axis 0), and `count`, how many, at least 0.
- **Out**: an array uint8 of shape `(count, …)`. **Read the header and these frames, and nothing else**: the file may be
  cut off behind them and must still work.
- If `first` is negative or the frames go beyond those that the header names: `raise ValueError(…)`.

```text
read_frames(RESCUE / "camera" / "second 00.idx", 10, 3)  →  shape (3, 72, 64, 3)
read_frames(RESCUE / "camera" / "second 02.idx", 0, 20)  →  works, although that file is cut off
```

<details><summary>Hint 1: the header</summary>

The fourth byte is the rank, and behind it stand as many sizes of four bytes each: `struct.unpack` reads them at once. Ask
whether the frames are there before you go to them.

</details>
<details><summary>Hint 2: where a frame begins</summary>

One frame has `math.prod(shape[1:])` bytes, and frame 0 begins at byte 4 + 4 · rank. The frame `first` begins `first` frames
later.

</details>
<details><summary>Hint 3: the bytes</summary>

`np.frombuffer` makes an array of what `file.read` gives; the sizes behind the first one give it its form.

</details>
"""

# %% read_frames kind="solution"
def read_frames(path, first, count):
    """Return some frames of an IDX file of bytes, without reading the others.

    path: Path or str of an unpacked IDX file of uint8; first, count: places on axis 0.
    Returns: (count, ...) uint8.
    Raises: ValueError if the file has no such frames.
    """
    # BEGIN SOLUTION
    with open(path, "rb") as file:
        rank = file.read(4)[3]
        frames, *sides = struct.unpack(f">{rank}I", file.read(4 * rank))
        if first < 0 or first + count > frames:
            raise ValueError(f"frames {first} to {first + count} are not among {frames}")
        size = math.prod(sides)
        file.seek(first * size, os.SEEK_CUR)
        data = file.read(count * size)
    return np.frombuffer(data, dtype=np.uint8).reshape(count, *sides)
    # END SOLUTION

# %% read_frames_seen kind="example"
print(read_frames(RESCUE / "camera" / "second 00.idx", 10, 3).shape)
print(read_frames(RESCUE / "camera" / "second 02.idx", 0, 20)[0, 46, 20], "in frame 60 of the recording")
print(coursedata.recording().frames[60, 46, 20], "there as it should be")

# %% [markdown]
r"""
## Stretch 4 · `why_rename` · [[why_rename]]

In section 8 the temporary file had to lie in the *same folder*. A friend writes it to the computer's own folder for temporary
files, which may be on another disk, and moves it from there. Why is a rename within one disk safe at every moment, and why is the friend's way not?
Two or three sentences.
"""

# %% why_rename [markdown] kind="written"
r"""
*Your answer.*
"""

# %% [markdown]
r"""
---
## Before you hand in

*Restart and run all* once. Save. Then tell us two things (no points, and nobody but the course reads them): they
decide what we explain again.
"""

# %% reflection kind="free"
minutes = None  # how long did the core take you? For example 135
muddiest = ""  # which point is still the muddiest? One sentence
