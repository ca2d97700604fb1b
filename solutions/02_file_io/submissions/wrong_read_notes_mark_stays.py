"""
part = "read_notes"
verdict = "wrong"
misconception = "a byte order mark belongs to UTF-8, so utf-8 takes it away"
see = "slide:encodings-and-newlines"
"""
# %% read_notes
def read_notes(path):
    try:
        with open(path, encoding="utf-8") as file:
            return [line.rstrip("\n") for line in file]
    except UnicodeDecodeError:
        with open(path, encoding="latin-1") as file:
            return [line.rstrip("\n") for line in file]
