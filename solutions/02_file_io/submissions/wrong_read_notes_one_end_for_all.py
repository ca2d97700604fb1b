"""
part = "read_notes"
verdict = "wrong"
misconception = "a file has one kind of line end"
see = "slide:encodings-and-newlines"
"""
# %% read_notes
def read_notes(path):
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if not text:
        return []
    if "\r\n" in text:
        end = "\r\n"
    elif "\r" in text:
        end = "\r"
    else:
        end = "\n"
    lines = text.split(end)
    return lines[:-1] if lines[-1] == "" else lines
