"""
note = "helpers in cells of their own, one parser for reading and checking"
"""
# %% extra
KINDS = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}


def unpacked(p):
    if str(p)[-3:] == ".gz":
        return gzip.decompress(Path(p).read_bytes())
    return Path(p).read_bytes()


def parsed(raw):
    r = raw[3]
    sides = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(r)]
    return IDX_TYPES[raw[2]], sides, raw[4 + 4 * r :]

# %% read_idx
def read_idx(path):
    stored, sides, rest = parsed(unpacked(path))
    big = np.frombuffer(rest, stored)
    out = np.empty(sides, stored[1:])
    out[...] = big.reshape(sides)
    return out

# %% check_idx
def check_idx(path):
    p = Path(path)
    if not p.parent.exists():
        raise MissingFolder(p)
    try:
        raw = p.read_bytes()
    except FileNotFoundError:
        raise MissingFile(p) from None
    if raw == b"":
        raise EmptyFile(p)
    if p.suffix == ".gz":
        try:
            raw = gzip.decompress(raw)
        except EOFError as problem:
            raise Truncated(p) from problem
        except gzip.BadGzipFile as problem:
            raise WrongMagic(p) from problem
    if len(raw) < 4:
        raise Truncated(p)
    if raw[:2] != b"\0\0" or raw[2] not in IDX_TYPES or raw[3] < 1:
        raise WrongMagic(p)
    if len(raw) < 4 * (1 + raw[3]):
        raise Truncated(p)
    stored, sides, rest = parsed(raw)
    wanted = int(stored[-1])
    for side in sides:
        wanted *= side
    if len(rest) < wanted:
        raise Truncated(p)
    return tuple(sides)

# %% write_idx
def write_idx(path, array):
    kind = KINDS.get(array.dtype.str[1:])
    if kind is None:
        raise ValueError("IDX does not know " + array.dtype.name)
    body = array.astype(IDX_TYPES[kind]).tobytes(order="C")
    raw = bytes((0, 0, kind, array.ndim)) + b"".join(n.to_bytes(4, "big") for n in array.shape) + body
    Path(path).write_bytes(gzip.compress(raw) if str(path)[-3:] == ".gz" else raw)
