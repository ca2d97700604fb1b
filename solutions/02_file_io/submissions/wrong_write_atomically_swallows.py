"""
part = "write_atomically"
verdict = "wrong"
misconception = "an error that is caught is dealt with"
see = "cell:half_written"
"""
# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(part, path)
    except Exception as error:
        print("could not write:", error)
        part.unlink(missing_ok=True)
