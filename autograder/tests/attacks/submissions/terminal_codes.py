"""
tries = "terminal codes that clear the screen, set the title, write the clipboard, answer for the reader or hide a line"
category = "pages"
"""

# %% extra
import sys

for code in ("\x1b[2J\x1b[H", "\x1b]0;pwned\x07", "\x1b]52;c;cHduZWQ=\x07", "\x1bP+q\x1b\\", "\x1b[6n", "\x9b31m", "\x1b[8m hidden \x1b[0m", "\r\x1b[K20 of 20 points", "\x08" * 100, "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "\x1b(0", "\u202e", "\x00" * 1000):
    print(code)
    sys.stderr.write(code)
raise Exception("\x1b[2J\x1b]0;pwned\x07")
