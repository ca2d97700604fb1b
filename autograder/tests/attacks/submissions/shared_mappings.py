"""
tries = "write to memory that is mapped shared with the warm process"
category = "neighbours"
"""

# %% extra
import ctypes

for line in open("/proc/self/maps"):
    span, rights = line.split()[:2]
    if rights[1] == "w" and rights[3] == "s":
        print("LEAK", line)
