"""
part = "check_idx"
verdict = "wrong"
misconception = "an error that is of all kinds suits every damage"
see = "slide:five-kinds-of-damage"
"""
# %% check_idx
class Damaged(MissingFolder, MissingFile, EmptyFile, WrongMagic, Truncated):
    pass


def check_idx(path):
    try:
        data = (gzip.open if str(path).endswith(".gz") else open)(path, "rb").read()
        rank = data[3]
        shape = struct.unpack_from(f">{rank}I", data, 4)
        sound = not data[0] and not data[1] and rank and data[2] in IDX_TYPES
        sound = sound and len(data) >= 4 + 4 * rank + math.prod(shape) * np.dtype(IDX_TYPES[data[2]]).itemsize
    except Exception:
        sound = False
    if not sound:
        raise Damaged(f"{Path(path).name} is damaged")
    return shape
