"""Draw recording.png: the course's recording and the pulse in it. `python datasets/pictures/recording.py`."""  # noqa: INP001  (a script)

from pathlib import Path

import matplotlib as mpl
import numpy as np

from coursedata import make_face_video, recording
from coursedata.face.portrait import TONES

mpl.use("Agg")
import matplotlib.pyplot as plt

GREEN, GREY = "#2f8f5b", "#555555"
video = recording()
signal = video.frames[:, video.skin, 1].mean(axis=1)

figure, axes = plt.subplot_mosaic("AABBBBBB\nAACCCCCC\nDDEEFFGG", figsize=(10, 6), layout="constrained")
axes["A"].imshow(video.frames[0])
axes["A"].set_title("frame 0 of 300", fontsize=10)
axes["B"].plot(video.times, signal, color=GREEN)
axes["B"].set_title(f"mean green of the skin: ± 0.2 % at {video.heart_rate:g} beats a minute", fontsize=10)
axes["B"].tick_params(labelbottom=False)
axes["C"].plot(video.times, video.blood, color="#b04050")
axes["C"].set_title("the blood volume behind it (more blood, less green)", fontsize=10)
axes["C"].set_xlabel("seconds")
faces = [make_face_video(seconds=0.1, height=128, width=116, tone=tone, seed=seed) for seed, tone in enumerate(TONES)]
for name, (first, second) in zip("DE", (faces[:2], faces[2:4]), strict=True):
    axes[name].imshow(np.hstack([first.frames[0], second.frames[0]]))
axes["F"].imshow(np.hstack([faces[4].frames[0], faces[5].frames[0]]))
axes["G"].imshow(np.where(video.skin[..., None], video.frames[0], video.frames[0] // 3 + 150))
for name, title in zip("DEFG", ("skin types I, II", "III, IV", "V, VI", "video.skin"), strict=True):
    axes[name].set_title(title, fontsize=10, color=GREY)
for name in "ADEFG":
    axes[name].axis("off")
for name in "BC":
    axes[name].spines[["top", "right"]].set_visible(False)
    axes[name].margins(x=0.01)
figure.savefig(Path(__file__).with_suffix(".png"), dpi=80, metadata={"Software": None})
