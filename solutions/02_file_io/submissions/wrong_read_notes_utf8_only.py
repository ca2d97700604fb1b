"""
part = "read_notes"
verdict = "raised"
misconception = "all text is UTF-8 today"
see = "cell:wrong_encoding"
"""
# %% read_notes
def read_notes(path):
    with open(path, encoding="utf-8-sig") as file:
        return [line.rstrip("\n") for line in file]
