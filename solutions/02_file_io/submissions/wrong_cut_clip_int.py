"""
part = "cut_clip"
verdict = "wrong"
misconception = "int rounds"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    return clip[int(start * fps) : int(stop * fps), top : top + height, left : left + width].copy()
