"""The data of Tensor to Pulse, and the two commands that look after a student's machine and notebook."""

from coursedata.digits import make_digits
from coursedata.download import fetch
from coursedata.face.video import FaceVideo, make_face_video, recording

__all__ = ["FaceVideo", "fetch", "make_digits", "make_face_video", "recording"]
__version__ = "0.1.0"
