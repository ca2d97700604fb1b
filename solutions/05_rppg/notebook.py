# %% [markdown]
r"""
# A heart rate from a face

*[[points]] points · the core takes about [[minutes]] minutes, reading included*

In week 1 you laid a wave of 66 beats a minute over the green of a recording, and it fitted. But you had been told where the
skin is, nobody moved, and the light was steady. This week the recording comes as a film, as from any camera. You find the
face, read the pulse by two formulas from the literature, say when there is **no** pulse to be read, and at the end week 4's `Trainer`,
unchanged, learns the pulse itself. Then comes the question that matters: when does the network beat the formula, and when not?

You need arrays and shapes (week 1), files (week 2), and for the last part a training loop and a class (weeks 3 and 4).

**How this notebook works**

- *Core* parts are for everyone. *Stretch* parts, at the end, are for those who want more.
- Each part stands alone: if one will not work, leave it and go on. No later part needs your answer; a few cells that show
  everything together do, and say so.
- *Predict* cells come before *run* cells. Write your guess first. Guesses cost no points. *Open questions* are for the walk home.
- A line with a small triangle, such as ▸ *Hint 1*, opens when you click it.
- Write each answer where `raise NotImplementedError` stands, and delete that line. All other code is given: run it.
- Cells under "This raises" show an error on purpose. Read it; nothing is broken.
- Hidden tests call your functions with films and colours that you have not seen: other people, rates, frame rates and skin
  tones. The true heart rates stay with the tests. All that they ask for stands in the text or in the docstring.
- On a laptop the whole notebook runs in under a minute, training included, and needs less than 1 GB of memory. No GPU is needed.

A word before we start: what comes out here is **no medical result**. A heart rate says something about a person, and so does a face;
film only those who have agreed, yourself included, and keep no film that you do not need.
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
        folders = sorted(Path("/content/drive/MyDrive").glob(above + "exercises/05_rppg"))
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
from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np
import scipy.sparse
import scipy.sparse.linalg
import torch
from scipy.signal import butter, find_peaks, sosfiltfilt, sosfreqz
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

import coursedata
from coursedata.pulse import SCENARIOS, make_rgb_traces

# %% [markdown]
r"""
## 1 · A film, and where the skin is

**Why.** One pixel is far too noisy: the pulse changes it by 0.2 %, a third of a grey level, and the sensor's noise is larger than that.
The mean over hundreds of skin pixels is quiet enough. So a film of millions of numbers becomes a few numbers a frame.

**Words.** A *region* is a piece of skin, here a box. Its *trace* is the mean colour of the box in each frame, red, green and blue, as a curve in
time. Light that comes back from skin after it met blood carries the pulse; so *remote photoplethysmography* (**rPPG**) reads from afar
what the clip on a finger (*contact PPG*) reads by touch.

| call | gives |
| --- | --- |
| `cv2.VideoCapture(str(path))` | an open film; **no error if there is none** |
| `capture.read()` | two values: `True` and the next frame `(H, W, 3)`, BGR; or `False` and `None` at the end, **and when anything is wrong** |
| `capture.get(cv2.CAP_PROP_FPS)` | frames a second, as the file says |
| `capture.release()` | closes it |

The next cell writes the recording of week 1 as a film, in a codec that loses nothing (FFV1), and looks at its first frame. A
*cascade* that OpenCV brings along finds the face (Viola and Jones, 2001). It gives (column, row, width, height); our boxes are, as in
week 2, `(top, left, height, width)`.
"""

# %% face_boxes kind="setup"
REGIONS = ("forehead", "left cheek", "right cheek", "chin")
SHARES = ((0.08, 0.30, 0.13, 0.40), (0.52, 0.17, 0.16, 0.17), (0.52, 0.66, 0.16, 0.17), (0.85, 0.38, 0.10, 0.24))


def face_finder():
    """Return OpenCV's cascade for faces, read as text: on Windows OpenCV opens no path that has an accent in it."""
    text = Path(cv2.data.haarcascades, "haarcascade_frontalface_default.xml").read_text(encoding="utf-8")
    store = cv2.FileStorage(text, cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY)
    cascade = cv2.CascadeClassifier()
    cascade.read(store.getFirstTopLevelNode())
    return cascade


def face_boxes(image):
    """Return the face's four regions as (top, left, height, width), or raise ValueError where no face is found.

    image: (H, W, 3) uint8, RGB.
    """
    faces = face_finder().detectMultiScale(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), 1.05, 3)
    if len(faces) == 0:
        raise ValueError("no face was found")
    x, y, width, height = max(faces.tolist(), key=lambda face: face[2] * face[3])
    boxes = []
    for top, left, high, wide in SHARES:
        boxes.append(tuple(round(n) for n in (y + top * height, x + left * width, high * height, wide * width)))
    return boxes


# %% film_seen kind="example"
recording = coursedata.recording()
film = coursedata.save_video(recording, "recording.avi", codec="FFV1")
boxes = face_boxes(recording.frames[0])
print(film, f"{film.stat().st_size:,} bytes", dict(zip(REGIONS, boxes, strict=True)))

picture = recording.frames[0].copy()
for top, left, height, width in boxes:
    cv2.rectangle(picture, (left, top), (left + width - 1, top + height - 1), (0, 255, 0), 1)
plt.figure(figsize=(2.6, 2.8))
plt.imshow(picture)
plt.title("four regions of skin")
plt.show()

# %% [markdown]
r"""
### Find the bug
A friend reads the film and asks: what colour is the forehead? Skin gives back most of the red light and least of the blue.
What is wrong, and why would the green curve of week 1 not have shown it?
"""

# %% bgr_bug kind="example"
capture = cv2.VideoCapture(str(film))
found, image = capture.read()
capture.release()
row, column, high, wide = boxes[0]
red, green_mean, blue = image[row : row + high, column : column + wide].mean(axis=(0, 1))
print(f"forehead: red {red:.1f}, green {green_mean:.1f}, blue {blue:.1f}")

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

OpenCV gives blue first, in films as in pictures. The number called *red* is the blue. Green stands in the middle both ways, so a method
that uses green alone works by luck, and one that uses all three colours subtracts the wrong ones and says nothing. In section 5 you can
try what POS makes of swapped colours.

</details>

### Part: `region_means` · [[region_means]]

- **In**: `path` of a film (`Path` or string); `boxes`, a list of R boxes `(top, left, height, width)` inside the frame. They may overlap.
- **Out**: a tuple of two values: an array `(T, R, 3)`, float64, the mean **red, green, blue** of each box in each of the T frames; and the
  frames a second that the file names, a float.
- If OpenCV gets not even one frame out of the file (it is missing, empty, or no film): `raise ValueError(…)` with the file's name (or all of `path`) in the message.

```text
region_means("recording.avi", boxes)  →  array of shape (300, 4, 3), 30.0
```

<details><summary>Hint 1: a loop that ends by itself</summary>

`while True:`, then `found, image = capture.read()`, and `break` when `found` is false. Collect what you compute in a list, and make an array of it
at the end.

</details>
<details><summary>Hint 2: one frame</summary>

For each box a slice of rows and columns as in week 2, and its mean over the axes 0 and 1. Three numbers come out, blue first: `[::-1]` turns a
row of numbers round.

</details>
"""


# %% region_means kind="solution"
def region_means(path, boxes):
    """Return the mean colours of some boxes in each frame of a film.

    path: Path or str; boxes: list of R tuples (top, left, height, width).
    Returns: (T, R, 3) float64, red, green, blue; and frames a second, float.
    Raises: ValueError naming the file if no frame can be read from it.
    """
    # BEGIN SOLUTION
    capture = cv2.VideoCapture(str(path))  # public
    fps = capture.get(cv2.CAP_PROP_FPS)  # public
    rows = []
    while True:
        found, image = capture.read()  # public
        if not found:
            break
        rows.append([image[top : top + h, left : left + w].mean(axis=(0, 1))[::-1] for top, left, h, w in boxes])
    capture.release()
    if not rows:
        raise ValueError(f"no frame can be read from {path}")
    return np.array(rows), fps
    # END SOLUTION


# %% region_means_seen kind="example"
means, fps = region_means(film, boxes)
print(means.shape, means.dtype, fps, "· first frame, forehead:", means[0, 0].round(1))
assert means[0, 0, 0] > means[0, 0, 2], "skin has more red than blue"
figure, axes = plt.subplots(1, 2, figsize=(10, 2.6), layout="constrained")
for number, name in enumerate(REGIONS):
    axes[0].plot(np.arange(len(means)) / fps, means[:, number, 1] / means[:, number, 1].mean(), label=name)
axes[0].set(xlabel="seconds", ylabel="green / its mean")
axes[0].legend(fontsize=7)
axes[1].plot(np.arange(len(means)) / fps, means.mean(axis=1)[:, 1])
axes[1].set(xlabel="seconds", ylabel="mean green of all four")
plt.show()

# %% [markdown]
r"""
**Open question**: the boxes stand still, and the head does not. What happens to the mean of a box when the head moves by two pixels, and
at which edge of a face would that be worst?
"""

# %% [markdown]
r"""
## 2 · Keep what can be a heart

**Why.** A trace holds much that is no heart: light that fades in half a minute, breath, the sensor's hiss. A heart at rest or in sport beats
between 42 and 210 times a minute. Frequencies are told in **hertz** (Hz), times a second: 42 to 210 beats a minute are 0.7 to 3.5 Hz.

**Definition.** A *band-pass* keeps what lies between two frequencies and takes away the rest. The blunt one goes through the *Fourier transform*: it writes the
trace as a sum of waves, deletes those outside the band, and adds the others up again. That is `cut_band`. It needs the whole trace, and where
a trace begins low and ends high it leaves ripples at both ends.

The usual one is Butterworth's, smooth in frequency. It looks only backwards in time, so it shifts every wave a little to the right;
run once forwards and once backwards over the trace, the two shifts cancel (`sosfiltfilt`).

| call (`scipy.signal`) | gives |
| --- | --- |
| `butter(order, [low, high], "bandpass", fs=fps, output="sos")` | the filter's numbers; with `fs=`, the limits are in Hz |
| `butter(order, [low, high], "bandpass", output="sos")` | the same, **limits as a share of Nyquist's frequency**, fps / 2 |
| `sosfiltfilt(sections, trace, axis=0)` | the trace, filtered forwards and backwards along axis 0 |

*Nyquist's frequency* is the fastest that a film can show: two frames for each beat, so half the frame rate.
"""


# %% cut_band kind="setup"
def cut_band(trace, fps, low=0.7, high=3.5):
    """Return a trace (T,) or traces (T, C) with all waves outside `low` to `high` Hz deleted."""
    waves = np.fft.rfft(trace, axis=0)
    hertz = np.fft.rfftfreq(len(trace), 1 / fps)
    waves[(hertz < low) | (hertz > high)] = 0
    return np.fft.irfft(waves, len(trace), axis=0)


def spectrum(trace, fps):
    """Return frequencies in Hz and the power of a trace at each of them, two arrays (F,).

    The trace less its mean, under a Hann window (it fades in and out, so that the ends do not jump), padded with zeros until
    the frequencies are no more than 0.5 beats a minute apart.
    """
    size = max(len(trace), round(120 * fps))
    power = np.abs(np.fft.rfft((trace - np.mean(trace)) * np.hanning(len(trace)), size)) ** 2
    return np.fft.rfftfreq(size, 1 / fps), power + 1e-30


# %% [markdown]
r"""
### This raises. Why?
"""

# %% hertz_raises kind="example" tags=["raises-exception"]
butter(3, [0.7, 3.5], "bandpass", output="sos")

# %% [markdown]
r"""
<details><summary>What happened</summary>

Without `fs=` the limits are shares of Nyquist's frequency, and 3.5 of it is no share. Be glad of it: this one is loud. The next one is not.

</details>

### Find the bug
A friend wants to remove what is slower than 0.7 Hz, and nothing else. The recording's pulse is at 1.1 Hz. What went wrong, and why was there no error?
"""

# %% nyquist_bug kind="example"
sections = butter(3, 0.7, "highpass", output="sos")
seconds = np.arange(300) / 30
pulse_alone = np.sin(2 * np.pi * 1.1 * seconds)
print(
    f"the pulse before: ± {np.abs(pulse_alone).max():.2f}, after: ± {np.abs(sosfiltfilt(sections, pulse_alone)).max():.6f}"
)
hertz, response = sosfreqz(sections, fs=30)
print(f"half of the power passes from {hertz[np.abs(response) ** 2 >= 0.5][0]:.1f} Hz on")

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

0.7 is a fine share of Nyquist's frequency, so nobody complains: at 30 frames a second it means 0.7 · 15 = 10.5 Hz, and the pulse is gone. What is left looks like
noise, and noise too has a highest peak. The cure is two letters: `fs=fps`.

</details>

### Part: `band_pass` · [[band_pass]]

- **In**: `trace`, an array `(T,)` or several side by side, `(T, C)`; `fps`; the limits `low` and `high` in Hz. T is at least 30.
- **Out**: an array of the same shape: Butterworth's band-pass of **order 3**, run forwards and backwards along time by `sosfiltfilt`, which looks after the ends in its own way (or `filtfilt`, which gives the same).

```text
band_pass(a wave of 0.2 Hz, 30)      →  almost nothing
band_pass(a wave of 1.1 Hz + 7, 30)  →  the same wave around 0, at the same places
```

<details><summary>Hint 1: two calls</summary>

The first line of the table above makes the filter's numbers, the third runs them over the trace. Which axis is time?

</details>
<details><summary>Hint 2: what goes in</summary>

The order is 3, the limits are `low` and `high` of the function (0.7 and 3.5 are only their defaults), and `fs=fps` makes them hertz.

</details>
"""


# %% band_pass kind="solution"
def band_pass(trace, fps, low=0.7, high=3.5):
    """Return what of a trace lies between two frequencies.

    trace: (T,) or (T, C), time first; fps: frames a second; low, high: Hz.
    Returns: the same shape, Butterworth of order 3 forwards and backwards.
    """
    # BEGIN SOLUTION
    sections = butter(3, [low, high], "bandpass", fs=fps, output="sos")
    return sosfiltfilt(sections, trace, axis=0)  # public
    # END SOLUTION


# %% band_pass_seen kind="example"
breath, beat = np.sin(2 * np.pi * 0.2 * seconds), 0.2 * np.sin(2 * np.pi * 1.1 * seconds)
kept = band_pass(150 + breath + beat, 30)
figure, axes = plt.subplots(1, 2, figsize=(10, 2.4), layout="constrained")
axes[0].plot(seconds, 150 + breath + beat)
axes[0].set(title="before", xlabel="seconds")
axes[1].plot(seconds, beat, label="the beat that went in")
axes[1].plot(seconds, kept, "--", label="what came out")
axes[1].set(title="after", xlabel="seconds")
axes[1].legend(fontsize=7)
plt.show()
print("largest difference away from the ends:", np.abs(kept - beat)[60:-60].max().round(4))
assert band_pass(np.ones((90, 3)), 30).shape == (90, 3)

# %% [markdown]
r"""
**Open question**: somebody runs for a bus, and the heart beats 220 times a minute. What does this band make of it? And of a heart that beats 40 times?
"""

# %% [markdown]
r"""
## 3 · Why one colour is not enough

**The skin reflection model** (Wang, den Brinker, Stuijk and de Haan, 2017). What a camera sees of skin is light that took one of two ways:

$$C(t) = I(t)\,\bigl(v_s(t) + v_d(t)\bigr) + n(t)$$

$I$ is the light's strength. $v_s$ is mirrored by the surface (*specular*): it has the light's colour and knows nothing of blood. $v_d$ has been inside the skin
(*diffuse*): it has the skin's colour, and gets darker when blood comes. $n$ is the sensor's noise.

1. Divide a trace by its mean over time. What is left is a *relative* change, which no longer depends on how bright the lamp is or how red the skin.
2. If the light gets 1 % brighter, or the head turns to it, then red, green and blue **all** rise by 1 %. Such a change is *white*.
3. When blood comes, green falls most: in relative terms R : G : B ≈ 0.33 : 0.77 : 0.53 (de Haan and van Leest, 2014). That is **not** white.

So the colours tell a pulse from a movement, even if both have the same rhythm. **GREEN** (Verkruysse, Svaasand and Nelson, 2008) does not use that: it
takes green alone.

| relative change of | red | green | blue |
| --- | --- | --- | --- |
| a pulse of 0.2 % in green | −0.09 % | −0.20 % | −0.14 % |
| the head nods, 0.8 % | +0.8 % | +0.8 % | +0.8 % |
"""


# %% green kind="setup"
def green(rgb, fps):
    """Return minus the green channel, so that it rises when blood comes: (T, 3) to (T,)."""
    return -cut_band(rgb[:, 1] / rgb[:, 1].mean() - 1, fps)


nodding = replace(SCENARIOS["achromatic"], sway_hertz=(1.0, 1.0))  # four times the pulse, once a second


# %% [markdown]
r"""
### Predict
A heart beats 84 times a minute (1.4 Hz). The head nods once a second (60 a minute), and that changes all colours by four times as much as the pulse changes green.
Where is the highest peak in the spectrum of GREEN: at 60 or at 84 a minute? And in that of a weighted sum of colours in which equal changes cancel, such as green
minus red?
"""

# %% guess_nodding kind="free"
guess_nodding = {"GREEN": None, "green minus red": None}

# %% nodding_seen kind="example"
nods = make_rgb_traces(nodding, seconds=20, heart_rate=84, seed=5)
relative = nods.rgb / nods.rgb.mean(axis=0) - 1
curves = {"GREEN": green(nods.rgb, 30), "green minus red": -cut_band(relative[:, 1] - relative[:, 0], 30)}
figure, axes = plt.subplots(1, 2, figsize=(10, 2.6), layout="constrained", sharex=True)
for axis, (name, curve) in zip(axes, curves.items(), strict=True):
    hertz, power = spectrum(curve, 30)
    axis.plot(60 * hertz, power / power.max())
    axis.set(title=name, xlabel="beats a minute", xlim=(40, 140))
    print(f"{name:16} highest at {60 * hertz[power.argmax()]:.0f} a minute   you said {guess_nodding.get(name)}")
plt.show()
print(f"the heart's true mean rate: {nods.heart_rate:.1f}")

# %% explain_nodding [markdown] kind="free"
r"""
*Explain in one sentence (double-click here): why does the nodding vanish from the difference, and not the pulse?*
"""

# %% [markdown]
r"""
**Open question**: the difference also loses a part of the pulse. Which part, and what does that cost when the light is dim?
"""

# %% [markdown]
r"""
## 4 · CHROM

**Why.** Mirrored light spoils the simple difference: it adds the *light's* colour, not the skin's, so a movement is no longer quite white. CHROM (de Haan and
Jeanne, *IEEE Trans. Biomed. Eng.* 60, 2013) uses two differences, and lets the data say how much of the second to take.

**Definition.** Let $R, G, B$ be the traces, each divided by its mean over time. Then

$$X = 3R - 2G \qquad Y = 1.5R + G - 1.5B \qquad S = X - \alpha\,Y \qquad \alpha = \frac{\sigma(X)}{\sigma(Y)}$$

with $\sigma$ the standard deviation over a short window. A *white* change moves X and Y alike (3 − 2 = 1, and 1.5 + 1 − 1.5 = 1). Where it is larger than the pulse, α is nearly 1, and it
cancels in $S$. The pulse has opposite signs in X and Y (put in the 0.33 : 0.77 : 0.53), and adds up.

Where the numbers come from: for skin of every tone under white light, the authors measured nearly one *standard* skin colour, (0.7682, 0.5121, 0.3841) of
red, green and blue. A little *mirrored* white light adds the same to all three, so as a share it adds 1/0.7682 to red, 1/0.5121 to green, 1/0.3841 to blue. X does not see it: 3/0.7682 − 2/0.5121 ≈ 0.
Nor does Y: try it.

The windows are 1.6 s long, each begins half a window after the one before, and they are joined by *overlap-add*: each piece is multiplied by a **Hann window** that fades in and
out, and added at its place. Where two neighbours overlap their Hann windows add up to 1.

```text
 window 0   /‾‾\
 window 1     /‾‾\
 window 2       /‾‾\        the sum is 1 everywhere but at the ends
```
"""

# %% overlap_seen kind="example"
size = 8
hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
total = np.zeros(20)
for start in range(0, 20 - size + 1, size // 2):
    total[start : start + size] += hann
    print(f"window at {start:2}:", hann.round(2) if start == 0 else "the same")
print("sum:", total.round(2))

# %% [markdown]
r"""
### Part: `chrom` · [[chrom]]

- **In**: `rgb`, an array `(T, 3)`, float64, red, green, blue, which stays as it was; `fps`. T is at least two windows.
- **Out**: an array `(T,)`:
  1. Divide each colour by its mean over all T frames. Compute X and Y and filter both with the given `cut_band(…, fps)`.
  2. Windows of `n = 2 * round(0.8 * fps)` frames begin at 0, n/2, n, … as long as they fit. In each: α = σ(X) / (σ(Y) + 1e-9) (NumPy's `std`),
     S = X − α Y, and S less its mean.
  3. Multiply S by the Hann window `0.5 - 0.5 * cos(2π k / n)`, k = 0 … n − 1 (`np.hanning` is another: it divides by n − 1), and add it to the result at its place. What no window covers stays 0.

The tiny 1e-9 keeps a constant trace from dividing by zero: the result is then 0.

```text
colours that change together (a nod)       →  almost 0
colours times (2, 0.5, 7), each by its own →  the same result
```

<details><summary>Hint 1: three columns</summary>

`r, g, b = (rgb / rgb.mean(axis=0)).T` unpacks the columns.

</details>
<details><summary>Hint 2: the windows</summary>

The loop of the cell above, with your own n. `x[start : start + n]` is a view: subtracting the mean with `-=` would change the whole trace.

</details>
"""


# %% chrom kind="solution"
def chrom(rgb, fps):
    """Return the pulse by CHROM (de Haan and Jeanne, 2013).

    rgb: (T, 3) float64; fps: frames a second.
    Returns: (T,) float64, high when much blood is in the skin.
    """
    # BEGIN SOLUTION
    r, g, b = (rgb / rgb.mean(axis=0)).T  # public
    x = cut_band(3 * r - 2 * g, fps)
    y = cut_band(1.5 * r + g - 1.5 * b, fps)
    n = 2 * round(0.8 * fps)
    fade = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)
    whole = np.zeros(len(rgb))
    for start in range(0, len(rgb) - n + 1, n // 2):
        xs, ys = x[start : start + n], y[start : start + n]
        s = xs - xs.std() / (ys.std() + 1e-9) * ys
        whole[start : start + n] += fade * (s - s.mean())
    return whole
    # END SOLUTION


# %% chrom_seen kind="example"
nod = 0.01 * np.sin(2 * np.pi * np.arange(300) / 30)[:, None]
print("of a nod of ±0.01 is left:", np.abs(chrom(np.array([200.0, 150.0, 120.0]) * (1 + nod), 30)).max().round(6))
found = chrom(nods.rgb, 30)
assert np.allclose(found, chrom(nods.rgb * [2, 0.5, 7], 30)), "the scale of a colour should not matter"
figure, axes = plt.subplots(1, 2, figsize=(10, 2.6), layout="constrained")
axes[0].plot(nods.times[100:280], found[100:280] / found.std(), label="CHROM")
axes[0].plot(nods.times[100:280], nods.blood[100:280], label="the true blood volume")
axes[0].set(xlabel="seconds")
axes[0].legend(fontsize=7)
hertz, power = spectrum(found, 30)
axes[1].plot(60 * hertz, power)
axes[1].set(xlabel="beats a minute", xlim=(40, 140), title="CHROM of the nodding head")
plt.show()

# %% [markdown]
r"""
**Open question**: CHROM trusts that skin is "standard" under white light. What does a very warm lamp do to X and Y?
"""

# %% [markdown]
r"""
## 5 · POS

**Why.** POS (*plane orthogonal to skin*; Wang, den Brinker, Stuijk and de Haan, *IEEE Trans. Biomed. Eng.* 64, 2017) needs no standard skin. It says: whatever is
white moves all three relative colours alike, along (1, 1, 1). So look only at the *plane* across that direction. Two arrows in it are

$$S_1 = G - B \qquad S_2 = G + B - 2R \qquad h = S_1 + \alpha\,S_2 \qquad \alpha = \frac{\sigma(S_1)}{\sigma(S_2)}$$

Both are 0 for a white change: the weights (0, 1, −1) and (−2, 1, 1) add up to 0. In the plane, pulse moves S₁ and S₂ the same way and adds up; what is left of mirrored light
moves them in opposite ways and cancels by the choice of α.

Two things differ from CHROM: the colours are divided by their mean **in each window**, so nothing needs to be filtered first; and a window begins **at every frame**. All pieces are simply added
(the paper subtracts the mean of each piece first; after that division it is 0 already. Can you see why?).
"""

# %% [markdown]
r"""
### Part: `pos` · [[pos]]

- **In**: `rgb`, an array `(T, 3)`, float64, which stays as it was; `fps`. T is at least one window.
- **Out**: an array `(T,)`. Windows of `n = round(1.6 * fps)` frames begin at 0, 1, 2, …, T − n. In each:
  1. Divide each colour by its mean over the window.
  2. S₁ = G − B, S₂ = G + B − 2R, α = σ(S₁) / (σ(S₂) + 1e-9), h = S₁ + α S₂.
  3. Add h to the result at its place.

  At the end turn the sum round (minus), so that it rises when blood comes: blood makes skin darker.

```text
colours that change together (a nod)       →  0, but for rounding
colours times (2, 0.5, 7), each by its own →  the same result
```

<details><summary>Hint 1: which mean?</summary>

`c = rgb[start : start + n]`, then `c / c.mean(axis=0)`: one mean for each colour, over the frames of this window.

</details>
<details><summary>Hint 2: the last window</summary>

T frames hold T − n + 1 windows of n frames. For T = n that is one.

</details>
"""


# %% pos kind="solution"
def pos(rgb, fps):
    """Return the pulse by POS (Wang et al., 2017).

    rgb: (T, 3) float64; fps: frames a second.
    Returns: (T,) float64, high when much blood is in the skin.
    """
    # BEGIN SOLUTION
    n = round(1.6 * fps)
    whole = np.zeros(len(rgb))
    for start in range(len(rgb) - n + 1):
        c = rgb[start : start + n]  # public
        r, g, b = (c / c.mean(axis=0)).T
        s1, s2 = g - b, g + b - 2 * r
        h = s1 + s1.std() / (s2.std() + 1e-9) * s2
        whole[start : start + n] += h
    return -whole
    # END SOLUTION


# %% pos_seen kind="example"
print("of a nod of ±0.01 is left:", np.abs(pos(np.array([200.0, 150.0, 120.0]) * (1 + nod), 30)).max().round(9))
found = pos(nods.rgb, 30)
assert np.allclose(found, pos(nods.rgb * [2, 0.5, 7], 30)), "the scale of a colour should not matter"
swapped = pos(nods.rgb[:, ::-1], 30)  # blue taken for red
figure, axes = plt.subplots(1, 2, figsize=(10, 2.6), layout="constrained", sharey=True)
for axis, name, curve in (
    (axes[0], "POS of the nodding head", found),
    (axes[1], "the same, BGR taken for RGB", swapped),
):
    hertz, power = spectrum(curve, 30)
    axis.plot(60 * hertz, power)
    axis.set(title=name, xlabel="beats a minute", xlim=(40, 140))
plt.show()

# %% [markdown]
r"""
**Open question**: with blue taken for red the peak stays at its place, and is even higher. No test on such a film finds the bug. Which test would?
"""

# %% [markdown]
r"""
## 6 · From a wave to a rate

**Why.** The curve has a rhythm; a doctor wants a number. In the spectrum the pulse is the highest peak between 42 and 210 beats a minute (**BPM**).

**Definition.** A Fourier transform of T frames at `fps` frames a second knows the frequencies 0, Δ, 2Δ, … with Δ = fps / T, called *bins*. Between two bins it says nothing.

### Predict
A window of 20 seconds. How many beats a minute lie between two neighbouring bins at 30 frames a second? And at 60?
"""

# %% guess_bins kind="free"
guess_bins = {30: None, 60: None}

# %% bins_seen kind="example"
for rate in (30, 60):
    hertz = np.fft.rfftfreq(20 * rate, 1 / rate)
    print(f"{rate} frames a second: {60 * (hertz[1] - hertz[0]):.2f} BPM apart   you said {guess_bins.get(rate)}")

exact = 0
for seed in range(40):  # a finger's PPG and the face, both read with the same coarse bins
    traces = make_rgb_traces("easy", seconds=20, seed=seed)
    rates = [np.abs(np.fft.rfft(curve, 2048))[40:240].argmax() for curve in (traces.blood, green(traces.rgb, 30))]
    exact += rates[0] == rates[1]
print(f"with bins of {60 * 30 / 2048:.2f} BPM for truth and reading alike, {exact} of 40 errors are 'exactly 0'")

# %% explain_bins [markdown] kind="free"
r"""
*Explain (double-click here): why does the frame rate not matter? And what would an "error of 0.00 BPM" in a table be worth that was made in this way?*
"""

# %% [markdown]
r"""
Zeros padded to the end (as `spectrum` does) make the bins finer, but tell nothing new: they draw the same curve with more points. A parabola through the highest point and its two
neighbours finds the top between them.

So whoever reports an error must say: which band, which window, which bins. And the **truth** of a window is the mean rate *of that window*: hearts speed up and slow down.

### Find the bug
A friend reads a film of another camera. The heart beats 75 times a minute, the signal is perfect, and the result is 90. Nothing else is wrong: what is?
"""

# %% frame_rate_bug kind="example"
other = make_rgb_traces("easy", seconds=20, fps=25, heart_rate=75, seed=3)
hertz = np.fft.rfftfreq(len(other.rgb), 1 / 30)
power = np.abs(np.fft.rfft(other.rgb[:, 1] - other.rgb[:, 1].mean())) ** 2 * (hertz > 0.7)
print(f"read: {60 * hertz[power.argmax()]:.1f} BPM, true: {other.heart_rate:.1f} BPM")

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

The film has 25 frames a second, and the bins are named as if it had 30: every rate comes out 30 / 25 = 1.2 times too high. With the usual 30 frames nobody notices. That is
why all functions here take `fps`, and why `region_means` asks the file.

</details>

### Part: `peak_bpm` · [[peak_bpm]]

- **In**: `trace`, an array `(T,)`; `fps`.
- **Out**: the rate in BPM, a float:
  1. `hertz, power = spectrum(trace, fps)`, the function given in section 2.
  2. The bin k of the highest power **among those from 0.7 to 3.5 Hz**, both included.
  3. With l, m, r the *natural logarithms* of the power at bins k − 1, k, k + 1: the top lies δ bins beside k, with δ = ½ (l − r) / (l − 2m + r).
     That holds if bin k is higher than both its neighbours; if not (it happens at the ends of the band), δ = 0.
  4. 60 · (`hertz[k]` + δ · Δ), with Δ the distance between two bins.

```text
logarithms 1, 3, 2   →   δ = ½ · (1 − 2) / (1 − 6 + 2) = 1/6: a little to the side of the higher neighbour
a wave of 1.234 Hz   →   74.04 BPM
```

<details><summary>Hint 1: only inside the band</summary>

`allowed = np.flatnonzero(…)` gives the bins where something is true. The highest of `power[allowed]` has a place in `allowed`, not in `hertz`: `allowed[…]` turns it into k.

</details>
<details><summary>Hint 2: the parabola</summary>

`left, middle, right = np.log(power[k - 1 : k + 2])`.

</details>
"""


# %% peak_bpm kind="solution"
def peak_bpm(trace, fps):
    """Return the rate of the highest peak of a trace's spectrum between 0.7 and 3.5 Hz.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, by a parabola through the logarithms of three powers.
    """
    # BEGIN SOLUTION
    hertz, power = spectrum(trace, fps)  # public
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    k = allowed[power[allowed].argmax()]
    left, middle, right = np.log(power[k - 1 : k + 2])  # public
    shift = 0.0
    if middle > left and middle > right:
        shift = 0.5 * (left - right) / (left - 2 * middle + right)
    return float(60 * (hertz[k] + shift * hertz[1]))
    # END SOLUTION


# %% peak_bpm_seen kind="example"
seconds = np.arange(600) / 30
print(f"a wave of 74.04 BPM: {peak_bpm(np.sin(2 * np.pi * 1.234 * seconds), 30):.3f}")
print(f"the friend's film, {other.heart_rate:.2f} BPM: {peak_bpm(green(other.rgb, other.fps), other.fps):.2f}")
assert abs(peak_bpm(np.sin(2 * np.pi * 1.234 * seconds), 30) - 74.04) < 0.02

# %% [markdown]
r"""
Now the recording, from film to rate, with **your** functions (if one is still open, the cell says so and nothing is lost):
"""

# %% whole_way kind="example"
try:
    means, fps = region_means(film, face_boxes(recording.frames[0]))
    skin = means.mean(axis=1)
    for name, method in (("GREEN", green), ("CHROM", chrom), ("POS", pos)):
        print(f"{name:6} {peak_bpm(band_pass(method(skin, fps), fps), fps):6.2f} BPM, true: {recording.heart_rate:.0f}")
except NotImplementedError as error:
    print("Still open:", error)

# %% [markdown]
r"""
**Open question**: Welch's method (`scipy.signal.welch`) cuts the trace into pieces and takes the mean of their spectra. What becomes steadier, and what becomes coarser?
"""

# %% [markdown]
r"""
## 7 · How the field counts errors

**Why.** "Our error is 1.2" can mean anything. Errors of pulse readers come in two heaps: either the right peak was found, and the error is some tenths of a BPM, or a wrong one, and it is
20 or 40. A mean of two heaps describes neither.

**Definition.** With readings $\hat h_i$ and true rates $h_i$ of N windows, $e_i = \hat h_i - h_i$:

| name | is |
| --- | --- |
| MAE | mean of \|e\|, in BPM |
| median | median of \|e\|, in BPM: half of the windows err by no more; the second heap hardly moves it |
| RMSE | root of the mean of e², in BPM: large errors count more |
| MAPE | 100 · mean of \|e\| / h, in percent of the true rate |
| Pearson | the correlation of readings and true rates, −1 to 1: high even when all readings are 10 too high |
| within 3 | the share of windows with \|e\| ≤ 3 BPM, in percent |

So say the share within 3 and the median first (how many windows lie in the first heap, and how far off a usual one is), with the MAE beside them.
A reader that may *refuse* (next section) needs one more: the share that it answered.

### Part: `errors` · [[errors]]

- **In**: `read`, a list of N readings, each a number or `None` where the reader refused; `truth`, a list or array of the N true rates.
- **Out**: a dict of floats (NumPy's will do) with the keys `"answered"` (share of the N windows that got a number, in percent), `"MAE"`, `"median"`, `"RMSE"`, `"MAPE"`, `"Pearson"` and `"within 3"`, the last six over the
  answered windows. At least three windows are answered, with rates that differ.

```text
errors([70.0, None, 84.0, 99.0], [72.0, 65.0, 80.0, 100.0])
→ answered 75.0, MAE 2.3333, median 2.0, RMSE 2.6458, MAPE 2.9259, Pearson 0.9753, within 3 66.6667
```

<details><summary>Hint 1: the refused ones first</summary>

Keep the pairs whose reading `is not None`: `[(one, true) for one, true in zip(read, truth) if …]`. Their number over `len(read)` is the share that was answered.

</details>
<details><summary>Hint 2: arrays</summary>

`np.array(pairs).T` has two rows of equal length, readings and true rates. With the array `np.abs(a - b)` each line of the table is one line of code.

</details>
<details><summary>Hint 3: the last ones</summary>

`np.median` takes the mean of the two in the middle where the number of values is even. `np.corrcoef(a, b)[0, 1]` is Pearson's. The mean of `wrong <= 3` is a share between 0 and 1.

</details>
"""


# %% errors kind="solution"
def errors(read, truth):
    """Return the usual error measures of heart-rate readings.

    read: list of N numbers or None (refused), BPM; truth: N true rates, BPM.
    Returns: dict of floats: answered, MAPE and within 3 in percent, MAE, median and RMSE in BPM, Pearson.
    """
    # BEGIN SOLUTION
    kept = [(one, true) for one, true in zip(read, truth) if one is not None]
    rates, true = np.array(kept).T
    wrong = np.abs(rates - true)
    return {
        "answered": 100 * len(kept) / len(read),
        "MAE": float(wrong.mean()),
        "median": float(np.median(wrong)),
        "RMSE": float(np.sqrt((wrong**2).mean())),
        "MAPE": float(100 * (wrong / true).mean()),
        "Pearson": float(np.corrcoef(rates, true)[0, 1]),
        "within 3": float(100 * (wrong <= 3).mean()),
    }
    # END SOLUTION


# %% errors_seen kind="example"
said = errors([70.0, None, 84.0, 99.0], [72.0, 65.0, 80.0, 100.0])
print({name: round(float(value), 4) for name, value in said.items()})
assert round(said["RMSE"], 4) == 2.6458
assert said["median"] == 2, "the median of the sizes 2, 4 and 1, not of -2, 4 and -1"
two_heaps = errors([70.2, 80.1, 64.9, 91.0, 130.0], [70.0, 80.0, 65.0, 91.2, 75.0])
print({name: round(float(value), 2) for name, value in two_heaps.items()})

# %% [markdown]
r"""
**Open question**: in the second line one window of five is wrong by 55. Which of the measures tells you what happened, and which would you print on a device?
"""

# %% [markdown]
r"""
## 8 · How much of it is pulse?

**Why.** A spectrum always has a highest peak, also that of a wall. Before a number is shown, somebody must ask how much of the power belongs to it.

**Definition.** The *signal-to-noise ratio* (**SNR**) of de Haan and Jeanne (2013) compares, inside the band, the power near the rate and near its double with all the rest. A heart's wave is no
pure sine (it has a second, small bump), so its double carries power too; the little at three times the rate counts as noise. In *decibels* (dB), 10 · log₁₀ of the ratio: 0 dB is as much pulse as noise, 10 dB is ten times as much.
"""

# %% snr_drawn kind="example"
clear = make_rgb_traces("easy", seconds=20, heart_rate=66, seed=1)
hertz, power = spectrum(green(clear.rgb, 30), 30)
plt.figure(figsize=(7, 2.6))
plt.semilogy(60 * hertz, power)
for times in (1, 2):
    plt.axvspan(times * clear.heart_rate - 6, times * clear.heart_rate + 6, alpha=0.25)
plt.xlim(42, 240)
plt.ylim(power[(hertz > 0.7) & (hertz < 4)].max() * 1e-6, None)
plt.xlabel("beats a minute")
plt.title("counted as pulse: 6 BPM on both sides of the rate and of its double")
plt.show()

# %% [markdown]
r"""
### Part: `snr` · [[snr]]

- **In**: `trace`, an array `(T,)`; `fps`; `bpm`, the rate in question.
- **Out**: a float, in dB. From `spectrum(trace, fps)`, among the bins from **0.7 to 4 Hz**: the sum of the power within **0.1 Hz** (6 BPM) of the rate or of its double, divided by the
  sum of the power of all other bins; then 10 · log₁₀.

```text
a wave of 66 BPM with a little noise, asked for 66   →  far above 0 dB
the same, asked for 90                               →  far below 0 dB
```

<details><summary>Hint 1: one unit</summary>

`hertz, power = spectrum(trace, fps)` counts in Hz, and `bpm` does not: `rate = bpm / 60`, and its double is `2 * rate`. `np.abs(hertz - rate)` is each bin's distance from it.

</details>
<details><summary>Hint 2: two questions to each bin</summary>

Arrays of true and false: `inside` for the bins of the band, and `near = (… <= 0.1) | (… <= 0.1)`. The brackets are needed, since `|` and `&` bind more tightly than `<=`.

</details>
<details><summary>Hint 3: two sums</summary>

`power[inside & near].sum()` is above the line. Below it is what is inside and *not* near: `~near`.

</details>
"""


# %% snr kind="solution"
def snr(trace, fps, bpm):
    """Return the signal-to-noise ratio of a pulse trace at a rate (after de Haan and Jeanne, 2013).

    trace: (T,); fps: frames a second; bpm: beats a minute.
    Returns: dB, float: power within 0.1 Hz of the rate and its double over the rest of 0.7 to 4 Hz.
    """
    # BEGIN SOLUTION
    hertz, power = spectrum(trace, fps)  # public
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - bpm / 60) <= 0.1) | (np.abs(hertz - 2 * bpm / 60) <= 0.1)
    return float(10 * np.log10(power[inside & near].sum() / power[inside & ~near].sum()))
    # END SOLUTION


# %% snr_seen kind="example"
noise = np.random.default_rng(0).normal(0, 0.3, 600)
wave = np.sin(2 * np.pi * 1.1 * seconds) + noise
print(f"asked for 66: {snr(wave, 30, 66):.1f} dB, for 90: {snr(wave, 30, 90):.1f} dB")
for tone in ("I", "III", "V", "VI"):
    skin = make_rgb_traces("tones", seconds=20, tone=tone, seed=4)
    print(f"skin type {tone:3} in little light, GREEN: {snr(green(skin.rgb, 30), 30, skin.heart_rate):5.1f} dB")
assert snr(wave, 30, 66) > 5 > 0 > snr(wave, 30, 90)

# %% [markdown]
r"""
The darker the skin, the more light it swallows before blood can change it: less pulse, as much noise. That is physics, and a reason to measure how a method does **for each** skin tone, as in section 11,
and never for "the average person".

**Open question**: this SNR is asked for a rate. Where does that rate come from when the truth is not known, and what does that do to the SNR of noise?
"""

# %% [markdown]
r"""
## 9 · Say when there is nothing to say

**Why.** In a film of a photograph there is no pulse. `argmax` finds one: say, 74 BPM. A device that shows 74 to a nurse is worse than one that shows nothing.

**Definition.** A *quality index* is a number from the trace alone, without the truth. A *bound* on it turns a reader into one that may refuse. Two errors are possible: a number where there is no pulse, and a refusal where
there is one. Moving the bound trades one for the other, so look at both.

The index here: of the power from 0.7 to 4 Hz, the **share** that lies within 0.1 Hz of the highest peak (between 0.7 and 3.5 Hz) or of its double. A pulse puts nearly all its power there. Noise spreads it.
"""


# %% practice kind="setup"
def green_red(rgb, fps):
    """Return a pulse by the simplest difference, red minus green of the relative colours: (T, 3) to (T,)."""
    r, g, _ = (rgb / rgb.mean(axis=0)).T
    return cut_band(r - g, fps)


def practice_traces(scenarios, count=12, first_seed=100):
    """Return a list of pulse traces of 20 seconds at 30 frames a second."""
    made = [make_rgb_traces(name, seconds=20, seed=first_seed + k) for name in scenarios for k in range(count)]
    return [green_red(one.rgb, 30) for one in made]


with_pulse = practice_traces(("easy", "achromatic", "rates", "flicker"))
without_pulse = practice_traces(("no_pulse", "still_photo"), count=24)

# %% two_kinds_seen kind="example"
figure, axes = plt.subplots(2, 3, figsize=(10, 3.6), layout="constrained", sharex=True)
for column in range(3):
    for row, (kind, many) in enumerate((("with a pulse", with_pulse), ("without", without_pulse))):
        hertz, power = spectrum(many[20 * column], 30)
        axes[row, column].plot(60 * hertz, power / power[(hertz > 0.7) & (hertz < 4)].sum())
        axes[row, column].set(xlim=(42, 240), title=kind)
plt.show()

# %% [markdown]
r"""
### Part: `reading` · [[reading]]

- **In**: `trace`, an array `(T,)`, a pulse trace of any method; `fps`.
- **Out**: the rate in BPM as a float (the highest peak of `spectrum` between 0.7 and 3.5 Hz; with or without the parabola), or `None` if the share defined above is below **a bound of your choice**.
  Also `None` if the trace does not change at all, or holds a value that is no number (`nan`).
- Find the bound with `with_pulse` and `without_pulse`, made above; the cell below the answer counts how many of each it refuses. The hidden tests ask: of films without a pulse at least 95 % refused, of films with a
  good pulse at most 5 %. (Theirs are traces of POS. What parts these two heaps parts those.)

If your `peak_bpm` and `snr` work, you may use them. This part needs only `spectrum`, though.

<details><summary>Hint 1: the order</summary>

The peak, the share, the bound. Traces that cannot be read at all need no rule of their own if you ask whether the share is *high enough*: every comparison with `nan` is false, `share < bound` too. Or ask them
first: `np.isfinite(trace).all()` and `np.ptp(trace)` (largest minus smallest).

</details>
<details><summary>Hint 2: the bound</summary>

Let the function print the share for now, run it over both kinds of practice traces, and look where the two heaps part. Put the bound between them, with room on both sides.

</details>
"""


# %% reading kind="solution"
def reading(trace, fps):
    """Return the heart rate of a pulse trace, or None where no pulse can be read.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, or None.
    """
    # BEGIN SOLUTION
    hertz, power = spectrum(trace, fps)  # public
    inside = (hertz >= 0.7) & (hertz <= 4)
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    rate = hertz[allowed[power[allowed].argmax()]]
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    share = power[inside & near].sum() / power[inside].sum()
    return float(60 * rate) if share >= 0.4 else None  # a comparison with nan is false, so a hole is refused too
    # END SOLUTION


# %% reading_seen kind="example"
for kind, many in (("with a pulse", with_pulse), ("without", without_pulse)):
    refused = sum(reading(trace, 30) is None for trace in many)
    print(f"{kind:13} refused {refused:2} of {len(many)}")
print("a flat line:", reading(np.zeros(600), 30), "· a hole in the data:", reading(np.full(600, np.nan), 30))

# %% [markdown]
r"""
**Open question**: a metronome of light, a lamp that flickers at 1.2 Hz, gives a clean peak. Will your reader refuse it? What else could it ask?
"""

# %% [markdown]
r"""
## 10 · A network learns the pulse

**Why.** The formulas know that movement is white. If the *light itself* changes its colour (a television in the room, trees before a window), the change lies in the very plane in which they look
for blood, and they take it for a pulse. They also use only the mean of all skin. But four regions see the *same* light and *differently* strong pulses: the forehead has more blood than the chin. Whoever
compares regions could separate the two. Nobody has written that formula for us. A network may find it.

**Input**: 4 regions × 3 colours = 12 channels, each divided by its mean, filtered, at 15 values a second (twice what 3.5 Hz needs): `(12, T)`. **Output**: one value for each moment, the blood volume: `(T,)`.

**The network** is the convolution of week 3 in one direction, *time*. Its first layer mixes the 12 channels at each moment (as POS mixes three). Three more look at moments before and after;
*dilation* d means that a kernel takes every d-th value, so the layers with d = 1, 2, 4 and 7 values each see 3 · (1 + 2 + 4) = 21 values, 1.4 seconds, to both sides.
"""

# %% pulse_net kind="setup"
RATE = 15  # values a second


def features(regions, fps):
    """Return what the network sees of four regions: (T, 4, 3) colours to (12, T') float32, RATE values a second."""
    flat = regions.reshape(len(regions), 12)
    relative = 300 * cut_band(flat / flat.mean(axis=0) - 1, fps)
    return relative[:: round(fps / RATE)].T.astype(np.float32)


def make_set(scenario, first_seed, clips):
    """Return inputs (N, 12, 300), true blood volumes (N, 300) and the clips of 20 seconds themselves."""
    made = [make_rgb_traces(scenario, seconds=20, seed=first_seed + number) for number in range(clips)]
    inputs = torch.from_numpy(np.stack([features(one.regions, one.fps) for one in made]))
    blood = np.stack([cut_band(one.blood, one.fps)[:: round(one.fps / RATE)] for one in made])
    return inputs, torch.from_numpy(blood.astype(np.float32)), made


class PulseNet(nn.Module):
    """A small temporal network: (N, 12, T) to (N, T)."""

    def __init__(self, width=32):
        super().__init__()
        layers = [nn.Conv1d(12, width, kernel_size=1)]
        for dilation in (1, 2, 4):
            layers += [
                nn.Conv1d(width, width, kernel_size=7, padding=3 * dilation, dilation=dilation),
                nn.BatchNorm1d(width),
                nn.ReLU(),
            ]
        layers += [nn.Conv1d(width, 1, kernel_size=1)]
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        """Return the blood volume at each moment."""
        return self.layers(x).squeeze(1)


# %% shapes_seen kind="example"
inputs, blood, made = make_set("coloured_light", 1, 4)
network = PulseNet()
print(
    tuple(inputs.shape),
    "→",
    tuple(network(inputs).shape),
    "· parameters:",
    sum(p.numel() for p in network.parameters()),
)
figure, axes = plt.subplots(1, 2, figsize=(10, 2.6), layout="constrained")
seconds = np.arange(150) / RATE
axes[0].plot(seconds, inputs[0, :3, :150].T, label=["red", "green", "blue"])
axes[0].set(title="forehead, coloured light", xlabel="seconds")
axes[0].legend(fontsize=7)
axes[1].plot(seconds, inputs[0, 1, :150] - inputs[0, 10, :150], label="green: forehead - chin")
axes[1].plot(seconds, blood[0, :150], label="the blood volume to be found")
axes[1].legend(fontsize=7)
plt.show()

# %% [markdown]
r"""
On the left the pulse cannot be seen. On the right two regions were simply subtracted: a rhythm begins to show, upside down.

### Week 4's Trainer
Here it is, unchanged. It trains any model; a subclass says what the loss of a batch is.
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
### Which loss?
Cross-entropy (week 3) is for classes, and this is a curve. The mean squared error would punish a network whose wave has the right rhythm and the wrong height; but nobody asks for
the height. **Pearson's correlation** of section 7 does not care: it is 1 when two curves have the same form, whatever their scale and offset. So the loss of a window is one minus it:

$$L(p, y) = 1 - \frac{\sum_t (p_t - \bar p)(y_t - \bar y)}{\sqrt{\sum_t (p_t - \bar p)^2}\,\sqrt{\sum_t (y_t - \bar y)^2} + 10^{-8}}$$

It is 0 for the same form, 1 for nothing in common, 2 for upside down. PhysNet and others are trained with it.

### This raises. Why?
The axes of a clip as week 1 wrote them: time first, then what is measured.
"""

# %% axes_raise kind="example" tags=["raises-exception"]
network(inputs.transpose(1, 2))

# %% [markdown]
r"""
<details><summary>What happened</summary>

`Conv1d` wants (N, channels, T). It got 300 "channels" where its weights are made for 12. With 12 moments it would have raised nothing, and learned nonsense: an image given as (H, W, C) to a layer that wants
(C, H, W) is the same mistake.

</details>

### Part: `pulse_trainer` · [[pulse_trainer]]

Write `loss` of a subclass of the `Trainer` above. The rest of it is inherited.

- `batch` is a list of two tensors: inputs `(N, 12, T)` and true blood volumes `(N, T)`, float32. `self.model` makes `(N, T)` of the inputs.
- **Out**: a tensor with one number, float32 as the inputs or finer: the **mean over the N windows** of L, each window with its own means and its own sums.
- Gradients must flow through it, also where a prediction is a flat line (then L is 1). That is what the 10⁻⁸ is for; the roots are two calls of `norm`, which knows its gradient at 0.
- Trained with it as the cells below do, the network reads **at least 80 %** of hidden films in coloured light within 3 BPM. (You need do nothing more for that: with a right `loss` it reads all of them. What counts are the weights of `network`, put into a fresh `PulseNet`.)

```text
prediction 5 · y + 2  →  0          prediction −y  →  2          a flat line  →  1
```

<details><summary>Hint 1: which axis?</summary>

Each window has its own mean: `p - p.mean(dim=1, keepdim=True)`. Sums over `dim=1` leave N numbers, and their mean is the loss of the batch.

</details>
<details><summary>Hint 2: the roots</summary>

`p.norm(dim=1)` is the root of the sum of squares of each row.

</details>
"""


# %% pulse_trainer kind="solution"
class PulseTrainer(Trainer):
    """Trains a network to draw the blood volume, by one minus Pearson's correlation."""

    def loss(self, batch):
        """Return the mean over the windows of 1 - Pearson.

        batch: [inputs (N, 12, T), blood (N, T)].
        Returns: tensor with one number, 0 to 2.
        """
        # BEGIN SOLUTION
        inputs, blood = batch
        p = self.model(inputs)
        p = p - p.mean(dim=1, keepdim=True)  # public
        y = blood - blood.mean(dim=1, keepdim=True)
        pearson = (p * y).sum(dim=1) / (p.norm(dim=1) * y.norm(dim=1) + 1e-8)
        return (1 - pearson).mean()
        # END SOLUTION


# %% pulse_trainer_seen kind="example"
class Echo(nn.Module):
    """Answers with its first channel times a weight: a model whose answer one knows."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, x):
        """Return (N, T)."""
        return self.weight * x[:, 0]


echo = Echo()
trial = PulseTrainer(echo, torch.optim.SGD(echo.parameters(), lr=0.1))
for name, answer in (("5 y + 2", 5 * blood + 2), ("-y", -blood), ("a flat line", torch.full_like(blood, 3.0))):
    print(f"{name:12} loss {trial.loss([answer[:, None], blood]).item():.4f}")

# %% [markdown]
r"""
**Open question**: this loss forgives every scale and every offset. Does it forgive a curve of the right form that comes a quarter of a beat late? And would the heart rate suffer? (In real data the truth
comes from a finger, which the pulse reaches later than the face.)
"""

# %% [markdown]
r"""
Now it learns: easy films, coloured light and white movement. The optimiser is **Adam**: SGD with momentum whose steps are scaled for each weight by how large its gradients were of late. The films for the validation have other seeds. The hearts beat 45 to 180 times a minute, although those of the contest below beat 52 to 110 times. Why
make it harder? A network that saw nothing but 52 to 110 learns *that*, and guesses well in pure noise (we measured it: 85 in place of 65 % in white movement, and POS too gains 11 points when its band is cut to these rates).
If your `loss` is still open, this cell raises, and the rest of the notebook goes on without a network.
"""

# %% training kind="setup"
SEED = 0
CLIPS = 120  # a scenario
EPOCHS = 20
FILMS = 24  # for each row of the contest below
PEOPLE = 10  # films of each skin type

network = history = None  # there is no network yet; if this cell raises, there is none afterwards
torch.manual_seed(SEED)
kinds = [replace(SCENARIOS[name], heart_rate=(45, 180)) for name in ("easy", "coloured_light", "white_motion")]
sets = [make_set(kind, 10_000 * (k + 1), CLIPS) for k, kind in enumerate(kinds)]
train_inputs, train_blood = (torch.cat([one[part] for one in sets]) for part in (0, 1))
valid_inputs, valid_blood, _ = make_set("coloured_light", 90_000, 16)
train_loader = DataLoader(TensorDataset(train_inputs, train_blood), batch_size=16, shuffle=True)
valid_loader = DataLoader(TensorDataset(valid_inputs, valid_blood), batch_size=16)
untrained = PulseNet()
device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
pulse_trainer = PulseTrainer(untrained, torch.optim.Adam(untrained.parameters(), lr=0.004), device)
history = pulse_trainer.fit(train_loader, valid_loader, EPOCHS)
network = untrained.to("cpu").eval()  # only now: what is called `network` below is trained

# %% training_seen kind="example"
NO_NETWORK = "No network is trained: `pulse_trainer` is still open."
if network is None:
    print(NO_NETWORK)
else:
    plt.figure(figsize=(6, 2.6))
    for key in ("train", "valid"):
        plt.plot([row["epoch"] for row in history], [row[key] for row in history], label=key)
    plt.xlabel("epoch")
    plt.ylabel("1 - Pearson")
    plt.legend()
    plt.show()

# %% [markdown]
r"""
The validation is *below* the training here, and nothing is wrong: it asks for coloured light alone, and a third of the training films are in white movement, where noise hides much of the pulse.

## 11 · When does the network win?

A fair contest needs an honest opponent. If the whole secret is "compare the regions", perhaps no network is needed: **a linear fit** may do it, the weights of the 12 channels at five moments, found by least squares in
one line, from the same films. So three run beside each other: the best of the formulas, the linear fit, the network.

### Predict
Share of windows within 3 BPM, in percent. *Coloured light* and *white movement* were in the training set (other films); the *unseen light* is a warm lamp and a blue haze that no training film had. Who wins where?
"""

# %% guess_contest kind="free"
guess_contest = {"coloured_light": "", "white_motion": "", "unseen_light": ""}  # "formula", "linear fit" or "network"


# %% linear_fit kind="setup"
def moments(inputs):
    """Return the 12 channels at five moments, 2 and 4 values before and after: (N, 12, T) to (N * T, 60)."""
    shifted = [np.roll(inputs, shift, axis=2) for shift in (-4, -2, 0, 2, 4)]
    return np.concatenate(shifted, axis=1).transpose(0, 2, 1).reshape(-1, 60).astype(float)


def linear_fit(inputs, blood):
    """Return the 60 weights that come nearest to the blood volume in the least squares."""
    return np.linalg.lstsq(moments(inputs), blood.ravel(), rcond=None)[0]


# %% contest kind="example"
try:
    weights = linear_fit(train_inputs.numpy(), train_blood.numpy())
    only = linear_fit(sets[1][0].numpy(), sets[1][1].numpy())  # from films in coloured light alone
    wide = {"CHROM": 9, "POS": 7, "linear fit": 12, "(coloured only)": 17}
    if network is None:
        print(NO_NETWORK)
    else:
        wide["network"] = 9
    print(f"{'within 3 BPM, %':20}" + "".join(f"{name:>{room}}" for name, room in wide.items()) + "   you said")
    for name in guess_contest:
        test_inputs, _, films = make_set(name, 50_000, FILMS)
        rates = {
            "CHROM": [peak_bpm(band_pass(chrom(one.rgb, 30), 30), 30) for one in films],
            "POS": [peak_bpm(band_pass(pos(one.rgb, 30), 30), 30) for one in films],
            "linear fit": [peak_bpm(row, RATE) for row in (moments(test_inputs.numpy()) @ weights).reshape(FILMS, -1)],
            "(coloured only)": [
                peak_bpm(row, RATE) for row in (moments(test_inputs.numpy()) @ only).reshape(FILMS, -1)
            ],
        }
        if network is not None:
            with torch.no_grad():
                rates["network"] = [peak_bpm(row, RATE) for row in network(test_inputs).numpy()]
        truth = [one.mean_rate(0, 20) for one in films]
        found = [errors(read, truth) for read in rates.values()]
        for row, key, digits, guess in (
            (name, "within 3", 0, guess_contest.get(name)),
            ("  median error, BPM", "median", 1, ""),
        ):
            cells = [f"{one[key]:{room}.{digits}f}" for one, room in zip(found, wide.values(), strict=True)]
            print(f"{row:20}" + "".join(cells), "  ", guess)
except (NotImplementedError, NameError) as error:
    print("Still open:", error)

# %% explain_contest [markdown] kind="free"
r"""
*Explain (double-click here): in which of the three would you take the network, in which a formula, and what did the linear fit teach you?*
"""

# %% [markdown]
r"""
With the films above, 24 for each row (so one film is 4 points; another machine may differ by one or two films, and 24 other films by up to five):

- **Coloured light**: POS fails (4 %), CHROM reads two of three of these (67 %; over 120 films it is about half), and the network all. But so does the linear fit, if it was made from films in coloured light *alone*. What wins here is not depth. It is
  information: four regions in place of one mean. The linear fit of all three kinds of films fails, since one set of weights cannot serve two situations; the network serves both. And *independent component analysis*
  (ICA), which fits three weights to each window anew and was never trained, reads 99 % of such windows too (the deck has the table).
- **White movement**: nothing to gain, 58 % against 71 %. A weighted sum of colours that cancels white is all there is to know, and that is what POS is. What is left is the sensor's noise. (Half and twice as much
  movement in the same little light change nothing of that: over 120 windows each, the same network, trained on the deck's 900 films for 40 epochs, has 73 and 44 %, POS 85 and 51 %.)
- **Unseen light**: the formulas need no example of it and read all. With these few films the network does too; over 120 windows it misses 2 %, and the linear fit 47 %. Nothing in a training curve could have
  told you so.

So: take a formula unless you know what it cannot see, and can show the network films of just that. And never believe a table without the simplest opponent in it.

### Fair means: look at each group
One table for everybody hides who pays. The same lamp, the same camera, six skin types (*Fitzpatrick's* scale, I very light to VI very dark), 10 windows each:
"""

# %% tones_seen kind="example"
try:
    print("skin type   within 3 BPM   median SNR")
    for tone in ("I", "II", "III", "IV", "V", "VI"):
        films = [make_rgb_traces("tones", seconds=20, tone=tone, seed=300 + k) for k in range(PEOPLE)]
        found = [(one, pos(one.rgb, 30)) for one in films]
        share = np.mean([abs(peak_bpm(band_pass(p, 30), 30) - one.heart_rate) <= 3 for one, p in found])
        print(f"{tone:9}{100 * share:12.0f} %{np.median([snr(p, 30, one.heart_rate) for one, p in found]):14.1f} dB")
except NotImplementedError as error:
    print("Still open:", error)

# %% [markdown]
r"""
From type I to VI the signal loses 14 dB, and at the dark end readings begin to fail. The method is the same for all; the *light* that comes back is not. So a fair test tells each group apart, and also asks the opposite question:
**at equal SNR**, is there still a gap? Measured with POS on 40 clips of each type:

| skin type | I | II | III | IV | V | VI |
| --- | --- | --- | --- | --- | --- | --- |
| the same light: within 3 BPM | 100 % | 100 % | 100 % | 100 % | 99 % | 72 % |
| noise chosen so that all have 10 dB | 100 % | 100 % | 100 % | 100 % | 100 % | 100 % |

For this formula there is none; for networks it depends on who was in the training set. And who is refused more often by section 9's reader?

**Open question**: a clinic buys a reader that is "97 % within 3 BPM" on volunteers of skin types I to III. Which number do you ask for before it is used?

### What is still missing
These films were made by a program, so their truth is exact and their trouble is tidy. Real ones are compressed, their light and their people do many things at once, and a network that was
trained on one data set often fails on the next (the deck shows published figures). What you can do by now: read any file, make it a tensor, train a network with code of your own, and say with numbers when not to trust it.
"""

# %% [markdown]
r"""
---
## Stretch 1 · `detrend` · [[detrend]]

`cut_band` has a hard edge at 0.7 Hz, and even Butterworth's band-pass rings at the ends of a clip. Tarvainen, Ranta-aho and Karjalainen (*IEEE Trans. Biomed. Eng.* 49, 2002) remove slow changes in another way: they look for the smoothest curve that
follows the trace, and subtract it. With $z$ the trace, $D_2$ the matrix of second differences (row $t$ holds 1, −2, 1 at the places $t$, $t+1$, $t+2$, so it has T − 2 rows) and $\lambda$ a number that says how smooth:

$$z_\text{detrended} = \bigl(I - (I + \lambda^2 D_2^\top D_2)^{-1}\bigr)\, z$$

- **In**: `trace`, an array `(T,)`, T at least 3; `strength`, the λ.
- **Out**: a new array `(T,)`; `trace` stays as it was.
- T may be 20,000 (eleven minutes): a full matrix of that size takes 3.2 GB. Nearly all of it is zeros, so let `scipy.sparse` keep the others only, and *solve* instead of inverting.

```text
detrend(any straight line, 10.0)         →  0, but for rounding
detrend(a wave of 1 Hz + a slow wave, 300)  →  the wave of 1 Hz, nearly (30 frames a second)
```

<details><summary>Hint 1: the matrices</summary>

`scipy.sparse.diags([1.0, -2.0, 1.0], [0, 1, 2], shape=(T - 2, T), format="csc")` has three diagonals; `scipy.sparse.identity(T, format="csc")` is I. `A.T @ A` works as with arrays.

</details>
<details><summary>Hint 2: no inverse</summary>

`scipy.sparse.linalg.spsolve(A, z)` gives A⁻¹ z.

</details>
"""


# %% detrend kind="solution"
def detrend(trace, strength):
    """Return a trace less its smooth part (Tarvainen, Ranta-aho and Karjalainen, 2002).

    trace: (T,), T >= 3; strength: lambda.
    Returns: (T,) float64.
    """
    # BEGIN SOLUTION
    count = len(trace)
    second = scipy.sparse.diags([1.0, -2.0, 1.0], [0, 1, 2], shape=(count - 2, count), format="csc")
    smoother = scipy.sparse.identity(count, format="csc") + strength**2 * second.T @ second
    return trace - scipy.sparse.linalg.spsolve(smoother, trace)
    # END SOLUTION


# %% detrend_seen kind="example"
seconds = np.arange(600) / 30
fast, slow = np.sin(2 * np.pi * seconds), 3 * np.sin(2 * np.pi * 0.05 * seconds)
print("a straight line leaves", np.abs(detrend(150 + 2 * seconds, 10.0)).max().round(6))
print("largest difference from the fast wave alone:", np.abs(detrend(fast + slow, 300.0) - fast)[60:-60].max().round(3))

# %% [markdown]
r"""
## Stretch 2 · `beat_rate` · [[beat_rate]]

The other way to a rate: count beats. It also gives what a spectrum cannot, the time between single beats.

- **In**: `trace`, an array `(T,)` around 0; `fps`.
- **Out**: 60 divided by the **median** of the intervals (in seconds) between neighbouring peaks, a float; `None` if there are fewer than three peaks.
- Peaks by `find_peaks(trace, height=0, distance=…)`: above 0, and at least 0.3 seconds apart (`distance` counts frames, the nearest whole number, and at least 1).

```text
beat_rate(a wave of 1.25 Hz, 30)  →  75.0
```

<details><summary>Hint 1: the peaks</summary>

`find_peaks` gives two things; the first are the places, counted in frames. `max(1, round(0.3 * fps))` is a distance that it always takes.

</details>
<details><summary>Hint 2: from places to a rate</summary>

`np.diff` of the places are intervals in frames; divided by `fps` they are seconds. Ask how many *peaks* there are before you take a median.

</details>
"""


# %% beat_rate kind="solution"
def beat_rate(trace, fps):
    """Return the heart rate from the intervals between peaks.

    trace: (T,) around 0; fps: frames a second.
    Returns: beats a minute, float, or None if there are fewer than three peaks.
    """
    # BEGIN SOLUTION
    peaks, _ = find_peaks(trace, height=0, distance=max(1, round(0.3 * fps)))
    if len(peaks) < 3:
        return None
    return float(60 / np.median(np.diff(peaks) / fps))
    # END SOLUTION


# %% beat_rate_seen kind="example"
print("a wave of 75 BPM:", beat_rate(np.sin(2 * np.pi * 1.25 * seconds), 30), "· nothing:", beat_rate(np.zeros(600), 30))
for scenario in ("easy", "white_motion"):
    one = make_rgb_traces(scenario, seconds=20, seed=2)
    print(f"{scenario:13} read {beat_rate(green(one.rgb, 30), 30):.1f}, true {one.heart_rate:.1f}")

# %% [markdown]
r"""
## Stretch 3 · `skin_mask` · [[skin_mask]]

A box holds hair and background at its edges. A classic (Chai and Ngan, 1999) calls a pixel skin if its colour lies between fixed limits. *Whose* skin those limits were drawn from decides
whom they find. Ask the face itself instead: take a box that is surely skin, and keep the pixels that have nearly its colour, whatever it is.

- **In**: `image`, `(H, W, 3)`, uint8, RGB; `box`, `(top, left, height, width)`, surely skin.
- **Out**: an array `(H, W)`, bool. The *chromaticity* of a pixel is its red and its green, each divided by red + green + blue. A pixel is skin if **both** differ by at most 0.03 from the **median** of the box's (the
  median of each of the two over all pixels of the box). A pixel that is black (sum 0) is never skin; the box has none.

The picture tells which share of what is surely skin was found, and shows what was kept: in white light above, under a bluish lamp below. Hair of a similar colour is kept too; no rule of colour alone can part the two.

```text
a pixel twice as bright, of the same colour  →  the same answer
```

<details><summary>Hint 1: the chromaticity</summary>

`image[:, :, 0] + image[:, :, 1]` overflows at 255, since both are bytes; `image.sum(axis=2)` does not, or take `astype(float)` first. `keepdims=True` keeps an axis for the division; `np.maximum(total, 1)` cannot be 0.

</details>
<details><summary>Hint 2: the box's colour</summary>

Red and green over the sum have the shape `(H, W, 2)`. The slice of the box, `np.median(…, axis=(0, 1))`, leaves two numbers.

</details>
<details><summary>Hint 3: both, and not black</summary>

`np.abs(colour - middle) <= 0.03` has two answers for each pixel: `.all(axis=2)` asks for both. With `& (… > 0)` black is left out.

</details>
"""


# %% skin_mask kind="solution"
def skin_mask(image, box):
    """Return which pixels have the colour of a box of skin.

    image: (H, W, 3) uint8, RGB; box: (top, left, height, width).
    Returns: (H, W) bool.
    """
    # BEGIN SOLUTION
    total = image.sum(axis=2, keepdims=True)
    colour = image[:, :, :2] / np.maximum(total, 1)
    top, left, height, width = box
    middle = np.median(colour[top : top + height, left : left + width], axis=(0, 1))
    return (np.abs(colour - middle) <= 0.03).all(axis=2) & (total[:, :, 0] > 0)
    # END SOLUTION


# %% skin_mask_seen kind="example"
figure, axes = plt.subplots(2, 6, figsize=(10, 4.2), layout="constrained")
for column, tone in enumerate(("I", "II", "III", "IV", "V", "VI")):
    film_of_tone = coursedata.make_scenario_video("easy", seconds=0.1, height=108, width=96, tone=tone, seed=3)
    box, skin_for_sure = face_boxes(film_of_tone.frames[0])[0], film_of_tone.skin
    for row, lamp in enumerate(((1, 1, 1), (0.75, 1, 1.25))):
        image = np.clip(film_of_tone.frames[0] * np.array(lamp), 0, 255).astype(np.uint8)
        ycc = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb).astype(int)
        fixed = (ycc[:, :, 1] >= 133) & (ycc[:, :, 1] <= 173) & (ycc[:, :, 2] >= 77) & (ycc[:, :, 2] <= 127)
        mine = skin_mask(image, box)
        shares = [100 * found[skin_for_sure].mean() for found in (mine, fixed)]
        axes[row, column].imshow(np.where(mine[:, :, None], image, 255))
        axes[row, column].set_title(f"{tone}: yours {shares[0]:.0f} %\nfixed limits {shares[1]:.0f} %", fontsize=8)
        axes[row, column].axis("off")
plt.show()

# %% [markdown]
r"""
### Find the bug
The share of skin that was found says nothing of hair that was kept too. The usual measure for two masks counts both faults: **Dice**,
$2 \, |A \cap B| / (|A| + |B|)$, twice the pixels that are in both over the pixels of the one and of the other. A friend wrote it, and 0.33 looks bad
beside the 0.5 of a paper. Count by hand: each mask has 4 pixels, 2 of them in both. What went wrong?
"""


# %% dice_bug kind="example"
def dice(one, other):
    return (one & other).sum() / (one | other).sum()


one, other = np.arange(6) < 4, np.arange(6) >= 2
print(f"Dice {dice(one, other):.2f}")

# %% [markdown]
r"""
<details><summary>What went wrong</summary>

By hand: 2 · 2 / (4 + 4) = 0.5. The code divides what both have by what *either* has: 2 of 6 pixels. That is another measure, **intersection over
union** (IoU, or Jaccard's index). Both are 0 where the masks have nothing in common and 1 where they are equal, and both put masks in the same order, so nothing
looks odd. But Dice is 2 · IoU / (1 + IoU): the same masks get a larger number. Before you compare with a paper, try its measure on a pair
that you can count.

</details>

## Stretch 4 · `why_tone` · [[why_tone]]

A company reports: "MAE 1.1 BPM, the same for all skin tones, on the windows that our device answered." Your own test of the device shows that it answers 95 % of the windows of light skin and 55 % of those of dark skin. Is the device
fair? What must a report say so that one can judge that? Three or four sentences.
"""

# %% why_tone [markdown] kind="written"
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
minutes = None  # how long did the core take you? For example 120
muddiest = ""  # which point is still the muddiest? One sentence
