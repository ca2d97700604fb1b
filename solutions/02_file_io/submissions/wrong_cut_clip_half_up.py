"""
part = "cut_clip"
verdict = "wrong"
misconception = "round takes a half up, always"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    a, b = int(start * fps + 0.5), int(stop * fps + 0.5)
    return clip[a:b, top : top + height, left : left + width].copy()
