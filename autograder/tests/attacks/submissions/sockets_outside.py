"""
tries = "connect to the world, the host and the cloud's metadata"
category = "neighbours"
"""

# %% extra
import socket

for family, address in [
    (2, ("127.0.0.1", 22)),
    (2, ("169.254.169.254", 80)),
    (2, ("8.8.8.8", 53)),
    (10, ("::1", 22)),
    (2, ("10.0.0.1", 80)),
]:
    with socket.socket(family) as s:
        s.settimeout(0.3)
        try:
            s.connect(address)
            print("LEAK", address)
        except OSError as e:
            print(e)
try:
    print("LEAK", socket.getaddrinfo("example.org", 80))
except OSError as e:
    print(e)
for family in (17, 31, 38, 40, 44, 16 + 1, 30, (1 << 32) + 40):
    try:
        socket.socket(family & 0xFFFFFFFF, 2 if family == 17 else 1)
        print("LEAK", family)
    except OSError as e:
        print(e)
