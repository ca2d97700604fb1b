"""The data of Tensor to Pulse, and the two commands that look after a student's machine and notebook."""

from coursedata.download import fetch
from coursedata.face.video import FaceVideo, make_face_video, recording
from coursedata.rescue import damaged_folder

__all__ = ["FaceVideo", "damaged_folder", "fetch", "make_face_video", "recording"]
__version__ = "0.1.0"
