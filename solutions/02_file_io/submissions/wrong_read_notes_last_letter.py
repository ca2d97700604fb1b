"""
part = "read_notes"
verdict = "wrong"
misconception = "each line ends with a newline, the last too"
see = "cell:read_notes_seen"
"""
# %% read_notes
def read_notes(path):
    for encoding in ("utf-8-sig", "latin-1"):
        try:
            with open(path, encoding=encoding) as file:
                return [line[:-1] for line in file]
        except UnicodeDecodeError:
            pass
