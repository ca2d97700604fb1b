"""
part = "read_notes"
verdict = "wrong"
misconception = "every machine ends its lines with one newline character"
see = "slide:encodings-and-newlines"
"""
# %% read_notes
def read_notes(path):
    data = Path(path).read_bytes()
    if not data:
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.removesuffix("\n").split("\n")
