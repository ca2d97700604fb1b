"""
note = "torch.jit.script, torch.jit.trace, torch.vmap and modules as parts"
"""

# %% extra
import warnings

warnings.simplefilter("ignore")


# %% softmax
@torch.jit.script
def softmax(logits: torch.Tensor) -> torch.Tensor:
    return torch.softmax(logits, 1)


# %% demean
class Demean(torch.nn.Module):
    def forward(self, x):
        return x - x.mean()


demean = Demean().eval()

# %% predict
score = torch.vmap(lambda image: image[:2].mean() - image[2:].mean())


def predict(images):
    return (score(images) > 0).long()
