"""
tries = "become somebody else by setuid programs and capabilities"
category = "neighbours"
"""

# %% extra
import os, subprocess

for command in (["su", "-c", "id"], ["mount"], ["sudo", "-n", "id"], ["newgrp"]):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=2, stdin=subprocess.DEVNULL)
        print("LEAK" if "uid=0" in done.stdout else "no", command[0])
    except (OSError, subprocess.TimeoutExpired) as e:
        print(e)
for uid in (0, 64000):
    try:
        os.setuid(uid)
        print("LEAK", uid)
    except OSError as e:
        print(e)
print([line for line in open("/proc/self/status") if line.startswith("Cap")])
