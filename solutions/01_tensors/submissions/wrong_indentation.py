"""
part = "from_planes"
verdict = "raised"
misconception = "indentation is decoration"
see = "cell:from_planes_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    frames = stream.view(-1, 3, height, width)
  return frames.permute(0, 2, 3, 1)
