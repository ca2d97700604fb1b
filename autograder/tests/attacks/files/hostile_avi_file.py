"""
tries = "lie about frames, sides and rate of a clip"
category = "files"
beside_honest_work = true
earns = 19
shows = ["`out.avi` "]
"""


# %% export
def honest(path, image):
    """Write as asked, so that only what is attacked can fail."""
    kind = path.name.partition(".")[2]
    if kind == "npy":
        np.save(path, image)
    elif kind == "png":
        cv2.imwrite(str(path), image[..., ::-1])
    elif kind == "idx":
        write_idx(path, image)
    elif kind == "npy.gz":
        with gzip.open(path, "wb") as file:
            np.save(file, image)
    elif kind == "npz":
        np.savez_compressed(path, image=image)
    elif kind == "json":
        path.write_text(json.dumps(image.tolist()))
    elif kind == "csv":
        save_rows(path, image[..., 0].tolist())
    else:
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 25.0, image.shape[1::-1])
        for _ in range(5):
            writer.write(image[..., ::-1])
        writer.release()


def export(path, image):
    honest(path, image)
    if path.name != "out.avi":
        return
    data = bytearray(path.read_bytes())
    for mark, offset, value in (
        (b"avih", 24, b"\xff" * 4),
        (b"strh", 28, struct.pack("<II", 0, 0)),
        (b"strf", 12, struct.pack("<ii", 2**31 - 1, -(2**31))),
        (b"00dc", 4, b"\xff\xff\xff\x7f"),
    ):
        place = data.index(mark) + offset
        data[place : place + len(value)] = value
    path.write_bytes(data)
