"""Decode pictures that a submission drew, in a clean fork that never runs student code.

The trusted side gets pixels and encodes them anew, so a hostile PNG reaches neither its parser nor a page.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

from autograder.sandbox.frames import Channel
from autograder.sandbox.values import encode

__all__ = ["serve"]

SIDE_LIMIT = 4096


def serve(channel: Channel, nonce: bytes, payload: bytes) -> None:
    """Answer one request: a list of encoded pictures comes in, a list of pixel arrays (or None) goes out."""
    pictures = msgspec.msgpack.decode(payload, type=list[bytes])
    channel.send(encode([_pixels(picture) for picture in pictures]), nonce)


def _pixels(picture: bytes) -> np.ndarray | None:
    """Return the picture as (height, width, 3) uint8, shrunk to a bounded size; None when it is none."""
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    if image is None or min(image.shape[:2]) < 1:
        return None
    longest = max(image.shape[:2])
    if longest > SIDE_LIMIT:
        image = cv2.resize(image, None, fx=SIDE_LIMIT / longest, fy=SIDE_LIMIT / longest)
    return image
