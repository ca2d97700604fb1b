"""
part = "write_atomically"
verdict = "wrong"
misconception = "pieces are there to be joined"
see = "slide:write-to-a-temporary-name-then-rename"
"""
# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            file.write(b"".join(chunks))
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
