"""
part = "cut_clip"
verdict = "wrong"
misconception = "a slice is a new array"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    t, l, h, w = box
    return clip[round(start * fps) : round(stop * fps), t : t + h, l : l + w]
