"""
note = "warnings, logging and stderr in cells and in every call"
"""

# %% extra
import logging, sys, warnings

logging.basicConfig(level=logging.DEBUG)
warnings.warn("old function")
sys.stderr.write("to stderr\n")


# %% softmax
def softmax(logits):
    logging.getLogger("softmax").warning("called %s", logits)
    warnings.warn("x")
    print("err", file=sys.stderr)
    e = (logits - logits.amax(dim=1, keepdim=True)).exp() if logits.numel() else logits
    return e / e.sum(dim=1, keepdim=True)
