"""
part = "read_notes"
verdict = "wrong"
misconception = "splitlines cuts at newlines only"
see = "cell:two_encodings"
"""
# %% read_notes
def read_notes(path):
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.splitlines()
