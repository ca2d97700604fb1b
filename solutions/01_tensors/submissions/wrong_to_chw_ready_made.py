"""
part = "to_chw"
verdict = "raised"
misconception = "ToTensor takes anything"
see = "cell:totensor_seen"
"""
# %% to_chw
def to_chw(image):
    from torchvision.transforms import ToTensor

    return ToTensor()(image)
