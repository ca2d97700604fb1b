"""Turn a picture that a submission drew into pixels, inside the sandbox.

The trusted side gets an array and encodes it anew, so a hostile picture reaches neither its parser nor a page.
"""

from __future__ import annotations

import cv2
import numpy as np

__all__ = ["SIDE_LIMIT", "fitting", "pixels"]

SIDE_LIMIT = 2048


def pixels(picture: bytes) -> np.ndarray:
    """Return an encoded picture as (height, width, 3) uint8, blue first, no side over SIDE_LIMIT; raises ValueError."""
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    if image is None or min(image.shape[:2]) < 1:
        raise ValueError("this is no picture that OpenCV can read")
    return fitting(np.asarray(image, np.uint8))


def fitting(image: np.ndarray) -> np.ndarray:
    """Return a picture (height, width, 3) with no side over SIDE_LIMIT."""
    longest = max(image.shape[:2])
    if longest > SIDE_LIMIT:
        image = cv2.resize(image, None, fx=SIDE_LIMIT / longest, fy=SIDE_LIMIT / longest)
    return np.asarray(image, np.uint8)
