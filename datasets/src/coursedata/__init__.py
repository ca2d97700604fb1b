"""The data of Tensor to Pulse, and the two commands that look after a student's machine and notebook."""

from coursedata.canvas import draw_page
from coursedata.digits import make_digits
from coursedata.download import fetch, fetch_mnist, fetch_welltory
from coursedata.face.film import save_video
from coursedata.face.video import FaceVideo, make_face_video, make_scenario_video, recording
from coursedata.pulse import load_pure, load_ubfc, load_welltory, make_rgb_traces
from coursedata.rescue import damaged_folder

__all__ = [
    "FaceVideo",
    "damaged_folder",
    "draw_page",
    "fetch",
    "fetch_mnist",
    "fetch_welltory",
    "load_pure",
    "load_ubfc",
    "load_welltory",
    "make_digits",
    "make_face_video",
    "make_rgb_traces",
    "make_scenario_video",
    "recording",
    "save_video",
]
__version__ = "0.1.0"
