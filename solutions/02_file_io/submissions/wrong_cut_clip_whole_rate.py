"""
part = "cut_clip"
verdict = "wrong"
misconception = "29.97 frames a second are 30"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    fps = round(fps)
    return clip[round(start * fps) : round(stop * fps), top : top + height, left : left + width].copy()
