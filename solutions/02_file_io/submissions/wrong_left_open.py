"""
part = "write_atomically"
verdict = "missing"
misconception = "the placeholder may stay"
see = "cell:write_atomically_seen"
"""
# %% write_atomically
def write_atomically(path, chunks):
    """Write pieces of bytes to a file, all or nothing."""
    # TODO: ask on Thursday
    raise NotImplementedError("write_atomically")
