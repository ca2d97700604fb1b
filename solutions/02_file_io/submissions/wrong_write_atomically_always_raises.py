"""
part = "write_atomically"
verdict = "raised"
misconception = "an error that may come is raised at the end, whatever happened"
see = "slide:write-to-a-temporary-name-then-rename"
"""
# %% write_atomically
def write_atomically(path, chunks):
    data = b"".join(chunks)
    raise PermissionError(f"{len(data)} bytes may not be written")
