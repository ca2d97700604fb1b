"""
part = "read_notes"
verdict = "wrong"
misconception = "the machine that I work on prefers UTF-8, and so do all"
see = "slide:text-and-bytes"
"""
# %% read_notes
def read_notes(path):
    o = open
    try:
        with o(path) as file:
            text = file.read()
    except UnicodeDecodeError:
        with o(path, encoding="latin-1") as file:
            text = file.read()
    lines = text.removeprefix("\ufeff").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
