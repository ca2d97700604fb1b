"""
tries = "pickles, checkpoints and object arrays that run code in whoever loads them"
category = "files"
"""

# %% extra
"nothing is answered here"

# %% folder
import io, os, pickle, zipfile

class Run:
    def __reduce__(self):
        return os.system, ("touch /tmp/pwned_by_pickle",)

data = pickle.dumps(Run())
for name in ("model.pt", "weights.pth", "model.pkl", "model.joblib", "checkpoint.ckpt", "data.npy", "x.pickle", "state.bin"):
    (folder / name).write_bytes(data)
(folder / "objects.npy").write_bytes(b"\x93NUMPY\x01\x00v\x00" + b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".ljust(117) + b"\n" + data)
with zipfile.ZipFile(folder / "torch.pt", "w") as file:
    file.writestr("archive/data.pkl", data)
    file.writestr("archive/version", "3")
