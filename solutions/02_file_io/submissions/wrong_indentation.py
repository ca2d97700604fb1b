"""
part = "cut_clip"
verdict = "raised"
misconception = "indentation is decoration"
see = "cell:cut_clip_seen"
"""
# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
  return clip[round(start * fps):round(stop * fps), top:top + height, left:left + width].copy()
