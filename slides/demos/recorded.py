"""Writes recorded.js, what the pulse reader plays where there is no camera: made-up clips as mean skin colours."""
# ruff: noqa: INP001  (a script beside the page)

import base64
import json
from pathlib import Path

import cv2

from coursedata import make_face_video
from coursedata.pulse import make_rgb_traces

SECONDS, FPS = 24.0, 20.0
CLIPS = {
    "a face": ("easy", "a face of 72 BPM", 72.0, 3),
    "a swinging lamp": ("achromatic", "a face of 72 BPM under a swinging lamp", 72.0, 13),
    "a photo": ("still_photo", "a photograph", 72.0, 5),
}
"""Of each button: scenario, what the status calls it, nominal beats a minute, seed."""


def clip(scenario: str, says: str, heart_rate: float, seed: int) -> dict[str, object]:
    """Return a clip as JSON holds it: `rgb` is one flat list, frame after frame."""
    traces = make_rgb_traces(scenario, seconds=SECONDS, fps=FPS, heart_rate=heart_rate, tone="II", seed=seed)
    rate = traces.heart_rate
    return {
        "says": says,
        "fps": FPS,
        "truth": None if rate is None else round(rate, 1),
        "rgb": [round(float(value), 2) for value in traces.rgb.ravel()],
    }


def still() -> str:
    """Return the face that stands for the clips, as a data URI."""
    frame = make_face_video(seconds=0.2, heart_rate=72.0, height=120, width=160, seed=3).frames[0]
    _, data = cv2.imencode(".jpg", frame[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode()


def text() -> str:
    """Return the script."""
    clips = {name: clip(*facts) for name, facts in CLIPS.items()}
    return (
        "// Written by recorded.py: mean skin colours that coursedata makes, and a face that nobody has.\n"
        f"const RECORDED = {json.dumps(clips)}\n"
        f"const STILL = {json.dumps(still())}\n"
    )


if __name__ == "__main__":
    Path(__file__).with_suffix(".js").write_text(text(), "utf-8", newline="\n")
