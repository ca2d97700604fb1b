"""
note = "log files, handlers on stdout, captured warnings, a logger in every call"
"""

# %% extra
import logging, sys, warnings

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, force=True)
logging.captureWarnings(True)
log = logging.getLogger("work")
log.addHandler(logging.FileHandler("work.log"))
log.addHandler(logging.StreamHandler())
warnings.warn("through logging")
print("error", file=sys.__stderr__)


# %% softmax
def softmax(logits):
    log.debug("logits %s", logits.shape)
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("never mind")
    return logits.softmax(1)
