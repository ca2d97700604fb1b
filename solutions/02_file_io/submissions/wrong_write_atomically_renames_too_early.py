"""
part = "write_atomically"
verdict = "wrong"
misconception = "what was written stands in the file at once"
see = "slide:write-to-a-temporary-name-then-rename"
"""
# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
