"""
part = "read_notes"
verdict = "wrong"
misconception = "strip takes off the newline and nothing else"
see = "slide:encodings-and-newlines"
"""
# %% read_notes
def read_notes(path):
    for encoding in ["utf-8-sig", "latin-1"]:
        try:
            with open(path, "r", encoding=encoding) as f:
                return [line.strip() for line in f]
        except UnicodeDecodeError:
            continue
