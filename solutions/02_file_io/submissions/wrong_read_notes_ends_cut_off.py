"""
part = "read_notes"
verdict = "wrong"
misconception = "rstrip takes off one newline"
see = "slide:encodings-and-newlines"
"""
# %% read_notes
def read_notes(path):
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if text == "":
        return []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip("\n").split("\n")
