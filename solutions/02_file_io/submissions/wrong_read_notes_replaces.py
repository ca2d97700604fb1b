"""
part = "read_notes"
verdict = "wrong"
misconception = "errors=replace mends what cannot be decoded"
see = "cell:wrong_encoding"
"""
# %% read_notes
def read_notes(path):
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        return [line.rstrip("\n") for line in file]
