"""
part = "skin_mask"
verdict = "wrong"
misconception = "skin has one colour"
see = "cell:skin_mask_seen"
"""
# %% skin_mask
def skin_mask(image, box):
    ycc = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb)
    return (ycc[:, :, 1] >= 133) & (ycc[:, :, 1] <= 173) & (ycc[:, :, 2] >= 77) & (ycc[:, :, 2] <= 127)
