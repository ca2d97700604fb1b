"""
tries = "show pictures that are bombs, scripts or nothing"
category = "pages"
"""

# %% extra
import base64, struct, zlib
from IPython.display import display


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10**7), 9)) + chunk(b"IEND", b"")
for data in (
    bomb,
    b"<svg onload=alert(1)>LEAK</svg>",
    b"",
    b"\x89PNG\r\n\x1a\n" + b"LEAK" * 1000,
    b"GIF89a" + bytes(100),
):
    display({"image/png": base64.b64encode(data).decode()}, raw=True)
    display({"image/png": data}, raw=True)
display({"image/png": "not base64 LEAK"}, raw=True)
