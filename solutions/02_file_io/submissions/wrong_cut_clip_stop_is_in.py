"""
part = "cut_clip"
verdict = "wrong"
misconception = "the frame at stop belongs to the piece"
see = "cell:slices_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    return clip[round(start * fps) : round(stop * fps) + 1, top : top + height, left : left + width].copy()
