"""
part = "cut_clip"
verdict = "wrong"
misconception = "rounding a difference gives the difference of what is rounded"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    a = round(start * fps)
    n = round((stop - start) * fps)
    return clip[a : a + n, top : top + height, left : left + width].copy()
