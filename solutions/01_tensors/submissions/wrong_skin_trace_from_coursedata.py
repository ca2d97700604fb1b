"""
part = "skin_trace"
verdict = "wrong"
misconception = "the course knows the answer for its own recording"
see = "cell:skin_trace_seen"
"""
# %% skin_trace
def skin_trace(video, mask):
    recording = coursedata.recording()
    x = torch.from_numpy(recording.frames[:, recording.skin].mean(axis=1))
    return (x / x.mean(dim=0) - 1).float()
