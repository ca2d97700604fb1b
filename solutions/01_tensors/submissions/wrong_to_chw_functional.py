"""
part = "to_chw"
verdict = "wrong"
misconception = "without ToTensor is without torchvision"
see = "cell:totensor_seen"
"""
# %% extra
from torchvision.transforms import functional as ready

# %% to_chw
def to_chw(image):
    return ready.to_tensor(image.numpy())
