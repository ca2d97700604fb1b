"""
part = "cut_clip"
verdict = "wrong"
misconception = "an axis of length 1 is no axis"
see = "cell:cut_clip_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    piece = clip[round(start * fps) : round(stop * fps), top : top + height, left : left + width]
    return piece.copy().squeeze()
