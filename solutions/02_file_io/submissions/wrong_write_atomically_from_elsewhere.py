"""
part = "write_atomically"
verdict = "raised"
misconception = "a temporary file belongs into the folder for temporary files"
see = "slide:write-to-a-temporary-name-then-rename"
"""
# %% write_atomically
def write_atomically(path, chunks):
    import tempfile
    fd, part = tempfile.mkstemp()
    try:
        with open(fd, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(part, path)
    finally:
        Path(part).unlink(missing_ok=True)
