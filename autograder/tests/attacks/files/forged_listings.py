"""
tries = "answer for the worker: listings that lead out, and bytes that are none"
category = "files"
beside_honest_work = true
earns = 3
shows = [""]
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


from autograder.sandbox import files

LISTINGS = [
    [["../../../etc/passwd"], [0], [1]],
    [["/etc/passwd"], [0], [1]],
    [["LEAK"], [99], [1]],
    [["LEAK"], [0], [-1]],
    [["LEAK", "b"], [0], [1]],
    [[1], [0], [1]],
    {"LEAK": 1},
    "LEAK {looks} {0.__class__}",
    None,
    [[["LEAK"]], [0], [0]],
]
ANSWERS = [["LEAK"], [1], [], [None], "LEAK", 7, [b"LEAK"] * 99, [np.ones(3)], {"a": b"LEAK"}]


def forge(answers):
    left = list(answers)
    return lambda *_: left.pop() if left else answers[0]


files.ACTIONS.update(entries=forge(LISTINGS), read=forge(ANSWERS))


def export(path, image):
    pass
