"""
note = "stdout and stderr sent to a file, swapped, caught, and not put back"
"""

# %% extra
import contextlib, io, sys

sys.stdout = open("log.txt", "w")
print("into the file")

# %% extra
sys.stdout = sys.__stdout__
sys.stderr = sys.stdout
sys.stdin = None


# %% softmax
def softmax(logits):
    import contextlib, io

    with contextlib.redirect_stdout(io.StringIO()):
        print("hidden")
        return logits.softmax(1)
