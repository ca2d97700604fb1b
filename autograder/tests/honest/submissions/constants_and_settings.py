"""
note = "global constants, a dataclass of settings, default dtypes and devices"
"""

# %% extra
from dataclasses import dataclass
from types import SimpleNamespace

torch.set_default_dtype(torch.float64)
torch.set_default_device("cpu")
torch.set_grad_enabled(False)
torch.autograd.set_detect_anomaly(False)
torch.use_deterministic_algorithms(True)
torch.backends.cudnn.benchmark = False
torch.set_float32_matmul_precision("high")
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


@dataclass(frozen=True)
class Config:
    axis: int = 1


CONFIG, HALF = Config(), 2


# %% softmax
def softmax(logits):
    return logits.to(DEVICE).softmax(CONFIG.axis).cpu()


# %% first_half
def first_half(x, parts=HALF):
    return x[: x.shape[0] // parts]
