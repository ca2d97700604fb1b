"""
part = "cut_clip"
verdict = "wrong"
misconception = "a function gives back the value of its last line, as a cell does"
see = "cell:cut_clip_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    clip[round(start * fps) : round(stop * fps), top : top + height, left : left + width].copy()
