"""
part = "to_chw"
verdict = "wrong"
misconception = "pictures have three channels"
see = "cell:planes_seen"
"""
# %% to_chw
def to_chw(image):
    red, green, blue = image[..., 0], image[..., 1 % image.shape[2]], image[..., 2 % image.shape[2]]
    return torch.stack([red, green, blue]).to(torch.float32) / 255.0
