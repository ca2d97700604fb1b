"""
part = "cut_clip"
verdict = "wrong"
misconception = "the end of a slice is its length"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    return clip[round(start * fps) : round(stop * fps), top:height, left:width].copy()
