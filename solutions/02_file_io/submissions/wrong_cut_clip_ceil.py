"""
part = "cut_clip"
verdict = "wrong"
misconception = "a time between two frames belongs to the next one"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    a, b = math.ceil(start * fps), math.ceil(stop * fps)
    return clip[a:b, top : top + height, left : left + width].copy()
