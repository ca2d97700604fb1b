"""
part = "region_means"
verdict = "wrong"
misconception = "the course knows the answer for its own recording"
see = "cell:region_means_seen"
"""
# %% region_means
def region_means(path, boxes):
    recording = coursedata.recording()
    frames = recording.frames.astype(float)
    means = [frames[:, t : t + h, x : x + w].mean(axis=(1, 2)) for t, x, h, w in boxes]
    return np.stack(means, axis=1), recording.fps
