"""
tries = "names that differ in case or normalisation, are no text, look like options or climb"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% folder
import os
for name in (
    "DATA.txt", "data.txt", "\u00e9.txt", "e\u0301.txt", "-rf", "--help", "..txt", "...", "a\nb", "tab\t", "quote'\"`$(id)",
    "\u202egnp.exe", "x" * 255, "con", "nul.txt", "%2e%2e%2fetc", "..\\..\\windows", " ", "~", "*", "{}",
):
    (folder / name).write_text("pwned")
(folder / os.fsdecode(b"\xff\xfe")).write_text("x")
