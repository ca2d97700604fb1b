"""
part = "read_notes"
verdict = "wrong"
misconception = "open knows the encoding of a file"
see = "slide:text-and-bytes"
"""
# %% read_notes
def read_notes(path):
    try:
        with open(path) as file:
            lines = [line.rstrip("\n") for line in file]
    except UnicodeDecodeError:
        with open(path, encoding="latin-1") as file:
            lines = [line.rstrip("\n") for line in file]
    if lines:
        lines[0] = lines[0].removeprefix("\ufeff")
    return lines
