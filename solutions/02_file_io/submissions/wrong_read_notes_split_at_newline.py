"""
part = "read_notes"
verdict = "wrong"
misconception = "a newline stands between lines, so there is a line after the last"
see = "cell:read_notes_seen"
"""
# %% read_notes
def read_notes(path):
    try:
        with open(path, encoding="utf-8-sig") as f:
            return f.read().split("\n")
    except UnicodeDecodeError:
        with open(path, encoding="latin-1") as f:
            return f.read().split("\n")
