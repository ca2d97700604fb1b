"""
part = "to_chw"
verdict = "wrong"
misconception = "by hand means in one line"
see = "cell:totensor_seen"
"""
# %% extra
from torchvision.transforms import ToTensor

# %% to_chw
def to_chw(image):
    return ToTensor()(image.numpy())
