"""
part = "read_notes"
verdict = "wrong"
misconception = "an encoding that never raises is never wrong"
see = "cell:two_encodings"
"""
# %% read_notes
def read_notes(path):
    try:
        with open(path, encoding="latin-1") as file:
            return file.read().splitlines()
    except UnicodeDecodeError:
        with open(path, encoding="utf-8-sig") as file:
            return file.read().splitlines()
