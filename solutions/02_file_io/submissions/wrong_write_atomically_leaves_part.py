"""
part = "write_atomically"
verdict = "wrong"
misconception = "a temporary file cleans itself up"
see = "cell:half_written"
"""
# %% write_atomically
def write_atomically(path, chunks):
    part = str(path) + ".part"
    with open(part, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
    os.replace(part, path)
